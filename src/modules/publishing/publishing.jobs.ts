import { IsUUID } from 'class-validator';
import { defineJob, defineLane, defineTimer } from '../../platform/queue/job.js';
import { postApprovalVoided } from '../content/content.events.js';
import { contractAmended, contractMoved } from '../contracts/contracts.events.js';
import { pageCapabilitiesChanged, pageConnected, pageStopped } from '../pages/pages.events.js';

/** Names a publication; everything else is read from the database when the job runs. */
export class PublicationPayload {
  @IsUUID() contractorId: string;
  @IsUUID() publicationId: string;
}

/** Sending has a lane of its own: neither uploads nor look-ups make a post late. */
const SENDING = defineLane({ name: 'sending', concurrency: 20 });
const BACKSTAGE = defineLane({ name: 'backstage', concurrency: 10 });

// One attempt each: the publication's row says what to do next, and the dispatcher rings again.
const ONCE = { attempts: 1, backoffMs: 1_000 };

export const publishJob = defineJob({
  name: 'publishing.publish',
  payload: PublicationPayload,
  policy: { ...ONCE, timeoutMs: 120_000, lane: SENDING },
});

export const prepareJob = defineJob({
  name: 'publishing.prepare',
  payload: PublicationPayload,
  // The longest video over a slow line.
  policy: { ...ONCE, timeoutMs: 900_000, lane: BACKSTAGE },
});

export const resolveJob = defineJob({
  name: 'publishing.resolve',
  payload: PublicationPayload,
  policy: { ...ONCE, timeoutMs: 60_000, lane: BACKSTAGE },
});

export const deleteJob = defineJob({
  name: 'publishing.delete',
  payload: PublicationPayload,
  policy: { ...ONCE, timeoutMs: 60_000, lane: BACKSTAGE },
});

export const checkJob = defineJob({
  name: 'publishing.check',
  payload: PublicationPayload,
  policy: { ...ONCE, timeoutMs: 60_000, lane: BACKSTAGE },
});

/** Names an edit of a publication. */
export class EditPayload {
  @IsUUID() contractorId: string;
  @IsUUID() editId: string;
}

export const editJob = defineJob({
  name: 'publishing.edit',
  payload: EditPayload,
  policy: { ...ONCE, timeoutMs: 900_000, lane: BACKSTAGE },
});

/** Names a page. */
export class PagePayload {
  @IsUUID() contractorId: string;
  @IsUUID() pageId: string;
}

export const reconcileJob = defineJob({
  name: 'publishing.reconcile',
  payload: PagePayload,
  policy: { ...ONCE, timeoutMs: 60_000, lane: BACKSTAGE },
});

const FOLLOWS = { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000, lane: BACKSTAGE };

export const holdUnapprovedJob = defineJob({ name: 'publishing.holdUnapproved', on: postApprovalVoided, policy: FOLLOWS });
export const followMovedJob = defineJob({ name: 'publishing.followContract', on: contractMoved, policy: FOLLOWS });
export const followAmendedJob = defineJob({ name: 'publishing.followAddendum', on: contractAmended, policy: FOLLOWS });
export const holdStoppedJob = defineJob({ name: 'publishing.holdStopped', on: pageStopped, policy: FOLLOWS });
export const rearmConnectedJob = defineJob({ name: 'publishing.rearmConnected', on: pageConnected, policy: FOLLOWS });
export const fitCapabilitiesJob = defineJob({
  name: 'publishing.fitCapabilities',
  on: pageCapabilitiesChanged,
  policy: FOLLOWS,
});

export const dispatchTimer = defineTimer({ name: 'publishing.dispatch', everyMs: 1_000 });
export const checkTimer = defineTimer({ name: 'publishing.checkRound', everyMs: 30_000 });
export const reconcileTimer = defineTimer({ name: 'publishing.reconcileRound', everyMs: 60_000 });
export const housekeepingTimer = defineTimer({ name: 'publishing.housekeeping', everyMs: 3_600_000 });
export const watchTimer = defineTimer({ name: 'publishing.watch', everyMs: 15_000 });
export const editTimer = defineTimer({ name: 'publishing.editRound', everyMs: 10_000 });
/** Rules of time zones change with a release: at each start, and once a day for good measure. */
export const zoneCheckTimer = defineTimer({ name: 'publishing.zoneCheck', everyMs: 24 * 3_600_000 });
export const sweepTimer = defineTimer({ name: 'publishing.sweep', everyMs: 10_000 });

/** Everything that this module's workers handle. */
export const PUBLISHING_DEFINITIONS = [
  ...[publishJob, prepareJob, resolveJob, deleteJob, checkJob, reconcileJob, editJob],
  ...[holdUnapprovedJob, followMovedJob, followAmendedJob, holdStoppedJob, rearmConnectedJob, fitCapabilitiesJob],
  ...[dispatchTimer, sweepTimer, checkTimer, reconcileTimer, editTimer, watchTimer, housekeepingTimer, zoneCheckTimer],
];
