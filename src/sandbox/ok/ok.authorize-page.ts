import type { Inbound } from '../wire/inbound.js';
import { textReply, type Reply } from '../wire/reply.js';
import type { OkPermission } from './ok.model.js';
import type { OkState } from './ok.state.js';

/** The consent page of the authorisation server: it consents at once and sends the browser back with a code. */
export function readOkAuthorize(state: OkState, pathPrefix: string, inbound: Inbound, at: Date): Reply | null {
  if (inbound.path !== `${pathPrefix}/oauth/authorize`) return null;
  const application = state.tokens.application(inbound.query.get('client_id') ?? '');
  const redirectUri = inbound.query.get('redirect_uri') ?? '';
  const [user] = state.users.values();
  if (!application?.redirectUris.includes(redirectUri) || !user || inbound.query.get('response_type') !== 'code') {
    return textReply('Unknown client_id, redirect_uri or response_type', 'text/plain; charset=utf-8', 400);
  }
  const permissions = (inbound.query.get('scope') ?? '').split(/[;,]/).filter((scope) => scope !== '') as OkPermission[];
  const code = state.tokens.secretFor('code');
  const expiresAt = new Date(at.getTime() + state.settings.codeLifeMs);
  state.tokens.codes.set(code, { clientId: application.id, userId: user.id, redirectUri, permissions, expiresAt });
  const back = new URL(redirectUri);
  back.searchParams.set('code', code);
  const given = inbound.query.get('state');
  if (given !== null) back.searchParams.set('state', given);
  return { kind: 'whole', status: 302, headers: { location: back.toString() }, body: '' };
}
