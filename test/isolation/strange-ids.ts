import { randomUUID } from 'node:crypto';
import { aPhoto } from '../builders/posts.js';
import type { ApiClient } from '../harness/api-client.js';
import {
  addressOf,
  bodyOf,
  type Field,
  fieldsOf,
  type Operation,
  SECRET_PARAMETERS,
  shownIn,
  withField,
} from '../walk/operations.js';

/** Whose rows an id names. A name that is not here stops the walk: say where its ids come from. */
const TABLES: Readonly<Record<string, string>> = {
  acceptanceId: 'acceptances',
  acceptanceRoundId: 'acceptance_rounds',
  apiKeyId: 'api_keys',
  calendarFeedId: 'calendar_feeds',
  calendarId: 'production_calendars',
  clientId: 'clients',
  clientIds: 'clients',
  contractId: 'contracts',
  contractorId: 'contractors',
  deadlineId: 'deadlines',
  excuseId: 'requirement_excuses',
  exportJobId: 'export_jobs',
  founderId: 'clients',
  handoverItemId: 'handover_items',
  invitationId: 'invitations',
  logoMediaId: 'media',
  mediaId: 'media',
  mediaIds: 'media',
  memberId: 'members',
  objectId: 'posts',
  outsidePostId: 'outside_posts',
  pageId: 'pages',
  pageIds: 'pages',
  penaltyProposalId: 'penalty_proposals',
  postId: 'posts',
  publicationId: 'publications',
  publicationIds: 'publications',
  quietPeriodId: 'quiet_periods',
  reportId: 'reports',
  reportLinkId: 'report_links',
  reportScheduleId: 'report_schedules',
  reminderId: 'reminders',
  requirementPeriodId: 'requirement_periods',
  webhookDeliveryId: 'webhook_deliveries',
  webhookEndpointId: 'webhook_endpoints',
};

/** Where an id may stand in a request. */
export interface IdPosition {
  readonly one: Operation;
  readonly in: 'path' | 'query' | 'body';
  readonly name: string;
  readonly path: Field['path'];
  readonly table: string;
}

export function idPositions(one: Operation): IdPosition[] {
  const inAddress = one.parameters.flatMap(({ in: where, name, schema }) =>
    (where === 'path' && shownIn(one, name) === undefined && !SECRET_PARAMETERS.includes(name)) ||
    (where === 'query' && schema.format === 'uuid')
      ? [position(one, where, [name])]
      : [],
  );
  const inBody = one.body ? fieldsOf(one.body).filter(({ schema }) => schema.format === 'uuid') : [];
  return [...inAddress, ...inBody.map(({ path }) => position(one, 'body', path))];
}

function position(one: Operation, where: IdPosition['in'], path: Field['path']): IdPosition {
  const name = String(path.findLast((step) => typeof step === 'string'));
  const table = TABLES[name];
  if (!table) throw new Error(`${one.name}: whose id is ${name}? Add it to TABLES`);
  return { one, in: where, name, path, table };
}

/** Ids that the caller may use, by name; by operation and name where a route wants an object in a certain state. */
export type OwnIds = Readonly<Record<string, string>>;

/** What a generated body lacks to be valid, for the few routes whose rules the document can't express. */
const HINTS: Readonly<Record<string, (body: Record<string, unknown>) => object>> = {
  // Named clients are for members and keys that don't see all of them.
  membersChange: (body) => ({ ...body, allClients: false, role: 'editor' }),
  apiKeysCreate: (body) => ({ ...body, allClients: false }),
  webhookEndpointsCreate: (body) => ({ ...body, allClients: false }),
  webhookEndpointsChange: (body) => ({ ...body, allClients: false }),
  invitationsInvite: (body) => ({ ...body, email: `${randomUUID()}@nobody.example` }),
  // One of two ways to name the time.
  schedulesSchedule: (body) => ({ ...body, publishAt: new Date(Date.now() + 30 * 86_400_000).toISOString() }),
  // Every page once.
  pagesCreate: (body) => ({ ...body, externalId: String(Number.parseInt(randomUUID().slice(0, 12), 16) + 1) }),
};

/** A request that is the caller's own in everything but one id. */
export function requestWith(at: IdPosition, id: string, own: OwnIds): { method: string; address: string; body?: object } {
  const { one } = at;
  const ownId = (name: string) => own[`${one.name}.${name}`] ?? own[name] ?? missing(one, name);
  const query = at.in === 'query' ? { [at.name]: id } : {};
  const address = addressOf(one, (name) => (at.in === 'path' && at.name === name ? id : ownId(name)), query);
  if (!one.body) return { method: one.method, address };
  let body = bodyOf(one);
  for (const { path, required } of fieldsOf(one.body).filter(({ schema }) => schema.format === 'uuid')) {
    const name = String(path.findLast((step) => typeof step === 'string'));
    if (required || typeof path.at(-1) === 'number') body = withField(body, path, ownId(name));
  }
  if (at.in === 'body') body = withField(body, at.path, id);
  const hint = HINTS[one.name];
  return { method: one.method, address, body: hint ? hint(body as Record<string, unknown>) : body };
}

function missing(one: Operation, name: string): never {
  throw new Error(`${one.name}: no own id for ${name}`);
}

/** Headers that differ from one request to the next, whatever is asked. */
const BY_NATURE = ['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset'];

export interface Told {
  readonly status: number;
  readonly code: string | undefined;
  /** Everything that the caller can see, without what differs by nature: the request's id, the date, and the id he sent. */
  readonly text: string;
  readonly isEmptyList: boolean;
}

export async function ask(
  api: ApiClient,
  at: IdPosition,
  id: string,
  own: OwnIds,
  headers: Record<string, string> = {},
): Promise<Told> {
  const { method, address, body } = requestWith(at, id, own);
  const answer = at.one.takesFile
    ? await api.upload(address, await aPhoto(), 'площадь.jpg')
    : await api.call(method, address, body, { headers });
  const told = { ...answer.body, requestId: undefined };
  const seen = Object.entries(answer.headers).filter(([name]) => !BY_NATURE.includes(name));
  return {
    status: answer.status,
    code: answer.body?.code,
    text: JSON.stringify([answer.status, seen.sort(), told]).replaceAll(id, '<id>'),
    isEmptyList: answer.status === 200 && Array.isArray(answer.body?.data) && answer.body.data.length === 0,
  };
}
