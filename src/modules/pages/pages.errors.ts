import { defineError } from '../../platform/errors/domain-error.js';

export const PageNotFound = defineError('pages.page-not-found', 'notFound', 'There is no such page');
export const PageExists = defineError('pages.page-exists', 'conflict', 'You have this page of the network already');
export const PageNotConnected = defineError(
  'pages.page-not-connected',
  'notFound',
  'The page is not connected: put its credentials first',
);
export const CredentialsRefused = defineError(
  'pages.credentials-refused',
  'refusedByNetwork',
  'The network does not accept these credentials: see fields',
);
export const NetworkBusy = defineError(
  'pages.network-busy',
  'unavailable',
  'The network did not answer as it should; nothing was changed. Try again in a few minutes',
);
export const ConnectionChanged = defineError(
  'pages.connection-changed',
  'conflict',
  'Somebody else connected or disconnected this page at the same moment: look at it and repeat',
);
