import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from './roles.js';

definePermissions({
  'contractor.read': ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer'],
  'clients.read': ROLES,
  'clients.write': ['owner', 'manager'],
});
definePermissions({ 'contractor.write': ['owner'] }, 'wholeContractor');
