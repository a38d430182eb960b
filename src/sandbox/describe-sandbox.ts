import { signature, sessionSecret } from './ok/ok.signature.js';
import type { Sandbox } from './sandbox.js';

/** What a person who started the sandbox wants to know first. */
export function describeSandbox(sandbox: Sandbox): string {
  const { vk, ok } = sandbox.credentials;
  return `
Sandbox of VK and OK is running; Ctrl-C stops it. Everything lives in memory.

  Walls            ${sandbox.wallsUrl}
  Control          ${sandbox.controlUrl}
  VK_API_URL       ${sandbox.vkUrl}
  VK_ID_URL        ${sandbox.vkUrl}
  OK_API_URL       ${sandbox.okUrl}
  OK_AUTH_URL      ${sandbox.okUrl}
  NETWORK_UPLOAD_HOSTS  ${sandbox.uploadHosts.join(',')}

VK community ${vk.groupId}
  community token  ${vk.communityToken}
  user token       ${vk.userToken}
  VK ID token      ${vk.vkIdToken}
  service token    ${vk.serviceToken}
  application id   ${vk.applicationId}

OK group ${ok.groupId}
  application id   ${ok.applicationId}
  application key  ${ok.applicationKey}
  secret key       ${ok.applicationSecret}
  access token     ${ok.accessToken}

Post to VK:

${vkExample(sandbox)}

Post to OK:

${okExample(sandbox)}

`;
}

function vkExample({ vkUrl, credentials: { vk } }: Sandbox): string {
  const fields = ['v=5.199', `owner_id=-${vk.groupId}`, 'from_group=1', 'message=Здравствуйте!'];
  return curl(`${vkUrl}/method/wall.post`, [...fields, `access_token=${vk.communityToken}`]);
}

function okExample({ okUrl, credentials: { ok } }: Sandbox): string {
  const params = {
    application_key: ok.applicationKey,
    attachment: JSON.stringify({ media: [{ type: 'text', text: 'Здравствуйте!' }], onBehalfOfGroup: 'true' }),
    format: 'json',
    gid: ok.groupId,
    method: 'mediatopic.post',
    type: 'GROUP_THEME',
  };
  const sig = signature(params, sessionSecret(ok.accessToken, ok.applicationSecret));
  const fields = Object.entries({ ...params, sig, access_token: ok.accessToken }).map(([name, value]) => `${name}=${value}`);
  return curl(`${okUrl}/fb.do`, fields);
}

function curl(url: string, fields: readonly string[]): string {
  return [`  curl '${url}'`, ...fields.map((field) => `    --data-urlencode '${field}'`)].join(' \\\n');
}
