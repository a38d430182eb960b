import { definePermissions } from '../../../platform/http/access.js';

// The contractor's own money: no client sees it, not even his own part of it beside the others'.
definePermissions({ 'portfolio.read': ['owner', 'manager', 'accountant', 'viewer'] });
