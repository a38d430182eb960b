import { definePermissions } from '../../../platform/http/access.js';
import { ROLES } from '../../tenancy/roles.js';

definePermissions({
  'acceptance.read': ROLES,
  'acceptance.write': ['owner', 'manager', 'accountant'],
  // By the client, or recorded for him with the number of his document.
  'acceptance.decide': ['owner', 'manager', 'pressOfficer'],
});
