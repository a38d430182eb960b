import { definePermissions } from '../../../platform/http/access.js';

definePermissions({
  'key-rates.read': ['owner', 'manager', 'accountant'],
  // The agency's own reckoning, for and against: no business of the client.
  'penalties.read': ['owner', 'manager', 'accountant'],
  'penalties.decide': ['owner', 'manager'],
});
// A rate counts for every client.
definePermissions({ 'key-rates.write': ['owner', 'accountant'] }, 'wholeContractor');
