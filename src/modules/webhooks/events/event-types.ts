import { CAPABILITIES } from '../../../networks/network.js';
import { CONTRACT_STATUSES } from '../../contracts/contract-status.js';
import { STAGE_STATES } from '../../contracts/stage.js';
import { EXPORT_FAILURES } from '../../exports/background/export-job.js';
import { ACCEPTANCE_STATES } from '../../fulfilment/acceptance/acceptance.js';
import { DEADLINE_KINDS } from '../../fulfilment/deadlines/deadline.js';
import { PENALTY_KINDS } from '../../fulfilment/penalties/proposal.js';
import { ALARM_CAUSES } from '../../publishing/alarm.js';
import type { PublicationState } from '../../publishing/publication.js';

/** JSON Schema of one field of `data`. */
export type FieldSchema =
  | { readonly type: 'string'; readonly format?: 'uuid' | 'date-time' | 'date'; readonly enum?: readonly string[] }
  | { readonly type: 'boolean' | 'integer' }
  | { readonly type: 'array'; readonly items: FieldSchema };

/** What customers' systems may be told. Types and fields are API: they are added, never renamed or taken away. */
export interface EventType {
  readonly type: string;
  readonly summary: string;
  /** Fields of `data`, all of them always there: ids and states, never texts. */
  readonly fields: Readonly<Record<string, FieldSchema>>;
}

const ID: FieldSchema = { type: 'string', format: 'uuid' };
const WORD: FieldSchema = { type: 'string' };
const DAY: FieldSchema = { type: 'string', format: 'date' };

function oneOf(values: readonly string[]): FieldSchema {
  return { type: 'string', enum: values };
}

/** States of a publication that somebody outside may care about; the others last for moments. */
export const TOLD_STATES = {
  scheduled: 'A post waits for its time on a page again',
  published: 'A post stands on a page',
  refused: 'A network did not accept a post',
  unclear: 'Nobody knows yet whether a post stands on a page; it is being looked for',
  held: 'A person must decide about a post on a page',
  byHand: 'A person is to publish a post by hand',
  withdrawn: 'A post was taken back before anything was sent',
  abandoned: 'A person gave a post on a page up',
  deleted: 'A post was taken off a page',
} as const satisfies Partial<Record<PublicationState, string>>;

const PUBLICATION = { clientId: ID, publicationId: ID };
const CONTRACT = { clientId: ID, contractId: ID };
const PAGE = { clientId: ID, pageId: ID };
const ALARM = { alarmId: ID, cause: oneOf(ALARM_CAUSES) };

const PUBLICATIONS: EventType[] = [
  ...Object.entries(TOLD_STATES).map(([state, summary]) => ({
    ...{ type: `publication.${state}`, summary },
    fields: { ...PUBLICATION, state: oneOf([state]) },
  })),
  {
    ...{ type: 'publication.drifted', summary: 'A published post does not look as it was published any more, or does again' },
    fields: { ...PUBLICATION, drift: oneOf(['same', 'edited', 'deleted']) },
  },
  {
    ...{ type: 'publication.edited', summary: 'An edit of a published post came to its end' },
    fields: { ...PUBLICATION, editId: ID, state: oneOf(['applied', 'refused', 'held']) },
  },
  {
    ...{ type: 'post.scheduled', summary: 'A post got its times on pages, or others' },
    fields: { clientId: ID, postId: ID },
  },
  {
    ...{ type: 'post.approved', summary: 'Both sides approved what a post says: it may go out' },
    fields: { clientId: ID, postId: ID, postVersion: { type: 'integer' } },
  },
  {
    ...{ type: 'post.approvalVoided', summary: 'A post that was approved is not any more: edited, or revoked' },
    fields: { clientId: ID, postId: ID },
  },
];

const CONTRACTS: EventType[] = [
  {
    ...{ type: 'contract.statusChanged', summary: 'A contract came into a status, by a person or because its time had come' },
    fields: { ...CONTRACT, status: oneOf(CONTRACT_STATUSES) },
  },
  {
    ...{ type: 'contract.amended', summary: 'Price, days, pages or clauses of a signed contract are others from now on' },
    fields: CONTRACT,
  },
  {
    ...{ type: 'stage.stateChanged', summary: 'A stage opened, closed, or is frozen' },
    fields: { ...CONTRACT, stageId: ID, state: oneOf(STAGE_STATES) },
  },
  {
    ...{ type: 'acceptance.stateChanged', summary: 'A stage was submitted, accepted with its act, refused, invoiced or paid' },
    fields: { ...CONTRACT, acceptanceId: ID, state: oneOf(ACCEPTANCE_STATES) },
  },
  {
    ...{ type: 'acceptance.evidenceLost', summary: 'Something that counted in what was submitted was deleted since' },
    fields: { ...CONTRACT, acceptanceId: ID, evidenceId: WORD },
  },
  {
    ...{ type: 'penalty.proposed', summary: 'A breach was found, and what it would cost: a person decides' },
    fields: { ...CONTRACT, proposalId: ID, kind: oneOf(PENALTY_KINDS) },
  },
  {
    ...{ type: 'report.frozen', summary: 'A report, or its next version, is there to be read; it never changes again' },
    fields: { ...CONTRACT, reportId: ID, version: { type: 'integer' } },
  },
];

const DEADLINE = { clientId: ID, deadlineId: ID, kind: oneOf(DEADLINE_KINDS) };

const DATES: EventType[] = [
  {
    ...{ type: 'deadline.moved', summary: 'A date is another one, or certain, or provisional again' },
    fields: { ...DEADLINE, from: DAY, to: DAY, provisional: { type: 'boolean' } },
  },
  {
    ...{ type: 'deadline.reminded', summary: 'People were told of a date; `step`: days after it, below zero before it' },
    fields: { ...DEADLINE, step: { type: 'integer' } },
  },
  {
    ...{ type: 'productionCalendar.loaded', summary: 'A year counts differently: terms in working days are computed anew' },
    fields: { calendarId: ID, year: { type: 'integer' } },
  },
];

const CAPABILITY_LIST: FieldSchema = { type: 'array', items: oneOf(CAPABILITIES) };

const CONNECTIONS: EventType[] = [
  { ...{ type: 'page.connected', summary: 'A page was connected, again too' }, fields: PAGE },
  {
    ...{ type: 'page.stopped', summary: 'Nothing goes out on a page from now on' },
    fields: { ...PAGE, status: oneOf(['broken', 'disconnected']), code: WORD },
  },
  {
    ...{ type: 'page.capabilitiesChanged', summary: 'The secrets of a connected page allow less than before, or more' },
    fields: { ...PAGE, lost: CAPABILITY_LIST, gained: CAPABILITY_LIST },
  },
  {
    ...{ type: 'page.credentialsExpiring', summary: 'The secrets of a page end in 30, 14, 7 or 1 days' },
    fields: { ...PAGE, withinDays: { type: 'integer' }, expiresAt: { type: 'string', format: 'date-time' } },
  },
  {
    ...{ type: 'page.outsidePostSeen', summary: 'A post that we did not publish stands on a page' },
    fields: { ...PAGE, outsidePostId: ID, duplicate: { type: 'boolean' } },
  },
  {
    ...{ type: 'page.outsidePostAttributed', summary: 'A person said who wrote a post that we did not publish' },
    fields: { clientId: ID, outsidePostId: ID },
  },
  { ...{ type: 'publishing.alarmRaised', summary: 'Due work is not being picked up' }, fields: ALARM },
  { ...{ type: 'publishing.alarmEnded', summary: 'Due work is being picked up again' }, fields: ALARM },
];

const OWN: EventType[] = [
  { ...{ type: 'export.ready', summary: 'A file that was ordered can be fetched' }, fields: { exportJobId: ID } },
  {
    ...{ type: 'export.failed', summary: 'A file that was ordered will not come' },
    fields: { exportJobId: ID, reason: oneOf(EXPORT_FAILURES) },
  },
  {
    ...{ type: 'webhookEndpoint.disabled', summary: 'An endpoint of yours gets nothing any more; told to your other endpoints' },
    fields: { endpointId: ID, reason: oneOf(['byHand', 'gone', 'failing']) },
  },
  { ...{ type: 'webhook.test', summary: 'You asked for it' }, fields: { endpointId: ID } },
];

/** The closed catalogue, in the order of the document. */
export const EVENT_TYPES: readonly EventType[] = [...PUBLICATIONS, ...CONTRACTS, ...DATES, ...CONNECTIONS, ...OWN];

export const EVENT_TYPE_NAMES: readonly string[] = EVENT_TYPES.map(({ type }) => type);

/** JSON Schema of the whole body of one type. */
export function bodySchema({ type, fields }: EventType): object {
  return {
    type: 'object',
    required: ['type', 'timestamp', 'data'],
    properties: {
      type: { type: 'string', enum: [type] },
      timestamp: { type: 'string', format: 'date-time', description: 'When it happened, UTC' },
      data: {
        type: 'object',
        required: ['contractorId', ...Object.keys(fields)],
        properties: { contractorId: ID, ...fields },
      },
    },
  };
}
