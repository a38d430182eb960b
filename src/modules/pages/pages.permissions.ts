import { definePermissions } from '../../platform/http/access.js';
import { ALL_ROLES } from '../tenancy/roles.js';

definePermissions({
  'pages.read': ALL_ROLES,
  'pages.write': ['owner', 'manager'],
  'pages.connect': ['owner', 'manager'],
});
