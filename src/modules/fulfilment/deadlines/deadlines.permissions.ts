import { definePermissions } from '../../../platform/http/access.js';
import { ROLES } from '../../tenancy/roles.js';

definePermissions({ 'deadlines.read': ROLES });
