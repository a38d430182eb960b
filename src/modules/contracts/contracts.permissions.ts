import { definePermissions } from '../../platform/http/access.js';

definePermissions({
  'contracts.read': ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer', 'pressOfficer', 'clientViewer'],
  'contracts.write': ['owner', 'manager'],
  'production-calendars.read': ['owner', 'manager', 'editor', 'approver', 'accountant', 'viewer', 'pressOfficer', 'clientViewer'],
});
// A calendar counts for every client.
definePermissions({ 'production-calendars.write': ['owner', 'manager'] }, 'wholeContractor');
