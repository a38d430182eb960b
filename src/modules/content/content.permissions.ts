import { definePermissions } from '../../platform/http/access.js';
import { ALL_ROLES } from '../tenancy/roles.js';

definePermissions({
  'posts.read': ALL_ROLES,
  'posts.write': ['owner', 'manager', 'editor'],
  'posts.approve': ['owner', 'manager', 'approver', 'pressOfficer'],
  'media.read': ALL_ROLES,
  'media.write': ['owner', 'manager', 'editor'],
});
