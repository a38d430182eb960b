import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from '../tenancy/roles.js';

definePermissions({
  'fulfilment.read': ROLES,
  'excuses.write': ['owner', 'manager'],
  'handover.write': ['owner', 'manager'],
});
