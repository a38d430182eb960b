import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from './roles.js';

definePermissions({
  'contractor.read': ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer'],
  'contractor.write': ['owner'],
  'clients.read': ROLES,
  'clients.write': ['owner', 'manager'],
});
