import { definePermissions } from '../../../platform/http/access.js';

// An endpoint may be told of every client, so only those who see them all may say where to.
definePermissions({ 'webhooks.read': ['owner', 'manager'], 'webhooks.manage': ['owner'] }, 'wholeContractor');
