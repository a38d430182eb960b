import { definePermissions } from '../../platform/http/access.js';
import { ROLES } from '../tenancy/roles.js';

definePermissions({
  'metrics.read': ROLES,
  'audits.write': ['owner', 'manager', 'editor'],
  'scoring-models.write': ['owner', 'manager'],
});
