import { definePermissions } from '../../platform/http/access.js';

definePermissions({ 'exports.read': ['owner', 'manager', 'accountant'] });
