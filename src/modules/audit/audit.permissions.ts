import { definePermissions } from '../../platform/http/access.js';

// Roles are named in tenancy/roles.ts, which stands above this module; the boot check refuses unknown names.
definePermissions({ 'audit.read': ['owner', 'manager'] });
