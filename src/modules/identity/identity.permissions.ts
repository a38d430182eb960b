import { definePermissions } from '../../platform/http/access.js';

definePermissions({
  'members.read': ['owner', 'manager'],
  'members.manage': ['owner'],
  'api-keys.manage': ['owner'],
});
