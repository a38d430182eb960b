import { defineJob, defineTimer } from '../../../platform/queue/job.js';
import { stageMoved } from '../../contracts/contracts.events.js';
import { publicationDrifted, publicationMoved } from '../../publishing/publishing.events.js';
import { ACCEPTANCE_EVENTS } from './acceptance.events.js';

const FOLLOWS = { attempts: 10, backoffMs: 1_000, timeoutMs: 30_000 };

export const openAcceptanceJob = defineJob({
  ...{ name: 'acceptance.open', on: stageMoved, policy: FOLLOWS },
  when: ({ state }) => state === 'reportReady',
});
/** Somebody deleted it on the network. */
export const watchDriftJob = defineJob({
  ...{ name: 'acceptance.watchDrift', on: publicationDrifted, policy: FOLLOWS },
  when: ({ drift }) => drift === 'deleted',
});
/** We deleted it. */
export const watchDeletionJob = defineJob({
  ...{ name: 'acceptance.watchDeletion', on: publicationMoved, policy: FOLLOWS },
  when: ({ state }) => state === 'deleted',
});

/** Terms end at midnights of eleven zones: soon after each of them. */
export const silenceTimer = defineTimer({ name: 'acceptance.silence', everyMs: 20_000 });

/** Everything that this capability's workers handle, and what it tells. */
export const ACCEPTANCE_DEFINITIONS = [
  ...[openAcceptanceJob, watchDriftJob, watchDeletionJob, silenceTimer],
  ...ACCEPTANCE_EVENTS,
];
