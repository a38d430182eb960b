import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from '../tenancy/roles.js';

definePermissions({
  'posts.schedule': ['owner', 'manager', 'editor'],
  'publications.read': ROLES,
  'publications.edit': ['owner', 'manager', 'editor'],
  'publications.decide': ['owner', 'manager', 'editor'],
  'outside-posts.read': ROLES,
  'outside-posts.write': ['owner', 'manager', 'editor', 'pressOfficer'],
  'quiet-periods.read': ROLES,
  'quiet-periods.write': ['owner', 'manager'],
  // The client may always take back what is said in its name.
  'publications.withdraw': ['owner', 'manager', 'editor', 'pressOfficer'],
});
