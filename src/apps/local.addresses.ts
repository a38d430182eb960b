import { relative } from 'node:path';
import type { LocalFolders } from './local.folders.js';
import type { LocalSystem } from './local.system.js';

/** What a person who started it wants to know first. */
export function describeLocal({ baseUrl, sandbox, database }: LocalSystem, folders: LocalFolders): string {
  const { vk, ok } = sandbox.credentials;
  const vkKeys = { communityToken: vk.communityToken, userToken: vk.userToken, serviceToken: vk.serviceToken };
  const { applicationKey, applicationSecret: applicationSecretKey, accessToken } = ok;
  return `
Vestnik is running; Ctrl-C stops it.

  API              ${baseUrl}/v1
  API docs         ${baseUrl}/docs
  Metrics          ${baseUrl}/metrics
  Sandbox walls    ${sandbox.wallsUrl}
  Sandbox control  ${sandbox.controlUrl}
  PostgreSQL       127.0.0.1:${database.port}, database "vestnik", logins in ${shown(folders.secretsFile)}

Kept between starts: ${shown(folders.postgres)}, ${shown(folders.storage)}, ${shown(folders.secretsFile)}. The sandbox's walls are not.
Start with POST /v1/contractors (sign-up) and POST /v1/sessions (log-in); the docs have an example of every body.

The sandbox holds a community of VK and a group of OK to connect. Record a page with its number in POST /v1/pages, then
PUT /v1/pages/{pageId}/connection with:

  VK  ${vk.groupId}
  ${JSON.stringify({ credentials: vkKeys })}

  OK  ${ok.groupId}
  ${JSON.stringify({ credentials: { applicationKey, applicationSecretKey, accessToken } })}
`;
}

function shown(path: string): string {
  const fromHere = relative('.', path);
  return fromHere.startsWith('..') ? path : fromHere;
}
