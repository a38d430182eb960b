import { definePermissions } from '../../platform/http/access.js';

definePermissions({
  'contracts.read': ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer', 'pressOfficer', 'clientViewer'],
  'contracts.write': ['owner', 'manager'],
});
