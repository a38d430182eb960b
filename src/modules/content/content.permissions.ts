import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from '../tenancy/roles.js';

definePermissions({
  'posts.read': ROLES,
  'posts.write': ['owner', 'manager', 'editor'],
  'posts.approve': ['owner', 'manager', 'approver', 'pressOfficer'],
  'media.read': ROLES,
  'media.write': ['owner', 'manager', 'editor'],
});
