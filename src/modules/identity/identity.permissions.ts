import { definePermissions } from '../../platform/http/access.js';

definePermissions({ 'members.read': ['owner', 'manager'] });
// Whoever gives access could give more than he sees, so only those who see every client may.
definePermissions({ 'members.manage': ['owner'], 'api-keys.manage': ['owner'] }, 'wholeContractor');
