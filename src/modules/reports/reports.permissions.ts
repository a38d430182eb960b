import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from '../tenancy/roles.js';

definePermissions({
  'reports.read': ROLES,
  'reports.write': ['owner', 'manager', 'accountant'],
});
