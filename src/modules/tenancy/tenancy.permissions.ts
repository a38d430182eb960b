import { definePermissions } from '../../platform/http/access.js';
import { ALL_ROLES } from './roles.js';

definePermissions({
  'contractor.read': ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer'],
  'contractor.write': ['owner'],
  'clients.read': ALL_ROLES,
  'clients.write': ['owner', 'manager'],
});
