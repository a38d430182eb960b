import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from '../tenancy/roles.js';

definePermissions({
  'pages.read': ROLES,
  'pages.write': ['owner', 'manager'],
  'pages.connect': ['owner', 'manager'],
});
