import { postApproved, postApprovalVoided } from '../../content/content.events.js';
import { contractAmended, contractMoved, productionCalendarLoaded, stageMoved } from '../../contracts/contracts.events.js';
import { exportFailed, exportReady } from '../../exports/background/export-jobs.events.js';
import { acceptanceMoved, acceptedEvidenceLost } from '../../fulfilment/acceptance/acceptance.events.js';
import { deadlineMoved } from '../../fulfilment/deadlines/deadlines.events.js';
import { penaltyProposed } from '../../fulfilment/penalties/penalties.events.js';
import { deadlineReminded } from '../../fulfilment/reminders/reminders.events.js';
import { pageCapabilitiesChanged, pageConnected, pageCredentialsExpiring, pageStopped } from '../../pages/pages.events.js';
import {
  outsidePostAttributed,
  outsidePostSeen,
  postScheduled,
  publicationDrifted,
  publicationEdited,
  publicationMoved,
  publishingAlarmEnded,
  publishingAlarmRaised,
} from '../../publishing/publishing.events.js';
import { reportFrozen } from '../../reports/reports.events.js';
import { EVENT_TYPES, TOLD_STATES } from './event-types.js';
import type { PublicEvent } from './public-event.js';
import { webhookEndpointDisabled } from './webhooks.events.js';

/** The modules' facts that are told, each by what its public type and its subject are. */
export const SOURCES = [
  ...[publicationMoved, publicationDrifted, publicationEdited, postScheduled, postApproved, postApprovalVoided],
  ...[contractMoved, contractAmended, stageMoved, acceptanceMoved, acceptedEvidenceLost, penaltyProposed, reportFrozen],
  ...[deadlineMoved, deadlineReminded, productionCalendarLoaded],
  ...[pageConnected, pageStopped, pageCapabilitiesChanged, pageCredentialsExpiring],
  ...[outsidePostSeen, outsidePostAttributed],
  ...[publishingAlarmRaised, publishingAlarmEnded, exportReady, exportFailed, webhookEndpointDisabled],
] as const;

export const SOURCE_NAMES: readonly string[] = SOURCES.map(({ name }) => name);

type Payload = Readonly<Record<string, unknown>> & { readonly contractorId: string };

/** Names that are the same inside and outside are not listed. */
const TYPES: Readonly<Record<string, string>> = {
  [contractMoved.name]: 'contract.statusChanged',
  [stageMoved.name]: 'stage.stateChanged',
  [acceptanceMoved.name]: 'acceptance.stateChanged',
};

/** What comes after what: of a page or a contract everything, of a publication what happens to it. */
const SUBJECTS = [
  ...(['publicationId', 'postId', 'contractId', 'pageId', 'outsidePostId', 'deadlineId', 'calendarId', 'alarmId'] as const),
  ...(['exportJobId', 'endpointId'] as const),
];

/** @returns undefined for what is nobody's business outside: moments on the way to a state */
export function translate(name: string, payload: Payload): PublicEvent | undefined {
  const type = typeOf(name, payload);
  const known = EVENT_TYPES.find((entry) => entry.type === type);
  const subject = SUBJECTS.find((key) => key in payload);
  if (!known || !subject) return undefined;
  // Field by field: what a module adds to its fact is not told before the catalogue says so.
  const fields = Object.keys(known.fields).map((field) => [field, payload[field]]);
  const data = { contractorId: payload.contractorId, ...(Object.fromEntries(fields) as Record<string, unknown>) };
  return { type, subject: `${subject}:${String(payload[subject])}`, data };
}

function typeOf(name: string, payload: Payload): string {
  if (name !== publicationMoved.name) return TYPES[name] ?? name;
  return typeof payload.state === 'string' && payload.state in TOLD_STATES ? `publication.${payload.state}` : '';
}
