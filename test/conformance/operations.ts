import type { Reason } from '../../src/networks/network.js';
import { ClaimStore } from '../../src/modules/publishing/claim.store.js';
import { DecisionStore } from '../../src/modules/publishing/decision.store.js';
import { holdReason } from '../../src/modules/publishing/hold-reasons.js';
import { PublicationStore } from '../../src/modules/publishing/publication.store.js';
import { ResolutionStore } from '../../src/modules/publishing/resolution.store.js';
import { UploadStore } from '../../src/modules/publishing/upload.store.js';
import type { Tx } from '../../src/platform/database/work.js';
import { MemoryClaimStore } from '../../simulation/memory/claim.memory.js';
import { MemoryDecisionStore } from '../../simulation/memory/decision.memory.js';
import { MemoryPublicationStore } from '../../simulation/memory/publication.memory.js';
import { MemoryResolutionStore } from '../../simulation/memory/resolution.memory.js';
import { MemoryUploadStore } from '../../simulation/memory/upload.memory.js';
import type { Twins } from './twins.js';

export interface Stores {
  readonly claims: Pick<ClaimStore, keyof ClaimStore>;
  readonly resolution: Pick<ResolutionStore, keyof ResolutionStore>;
  readonly publications: Pick<PublicationStore, keyof PublicationStore>;
  readonly uploads: Pick<UploadStore, keyof UploadStore>;
  readonly decisions: Pick<DecisionStore, 'adopt' | 'sendAgain' | 'giveUp'>;
}

export const REAL: Stores = {
  ...{ claims: new ClaimStore(), resolution: new ResolutionStore(), publications: new PublicationStore() },
  ...{ uploads: new UploadStore(), decisions: new DecisionStore() },
};
export const SIMULATED: Stores = {
  ...{ claims: new MemoryClaimStore(), resolution: new MemoryResolutionStore(), publications: new MemoryPublicationStore() },
  ...{ uploads: new MemoryUploadStore(), decisions: new MemoryDecisionStore() },
};

type Operation = (stores: Stores, tx: Tx, twins: Twins) => Promise<unknown>;

const REASON: Reason = { code: 'no-answer', message: 'ответ не получен' };
const ATTEMPT = '00000000-0000-7000-8000-000000000a01';
const claimOf = ({ key }: Twins) => ({ ...key, attemptId: ATTEMPT, fence: 3, tries: 2 });
const planOf = ({ key, agency, now }: Twins, contentHash: string, postId: string) => ({
  ...{ contractorId: key.contractorId, clientId: key.clientId, postId, pageId: agency.vkPage.id, network: 'vk' },
  ...{ id: '00000000-0000-7000-8000-000000000c01', dueAt: new Date(now.getTime() + 60_000), plannedLocal: 'local' },
  ...{ timeZone: 'Asia/Kamchatka', postVersion: 1, contentHash, onAmbiguity: 'resend' as const, state: 'scheduled' as const },
  ...{ maxLatenessMinutes: 30, marker: 'another marker', reason: null },
});

/** Every statement of the stores that the simulation replaces, with what matters about its parameters. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  claim: ({ claims }, tx, { key }) => claims.claim(tx, key, '00000000-0000-7000-8000-000000000a02'),
  holdIfShut: ({ claims }, tx, { key }) => claims.holdIfShut(tx, key, holdReason),
  beginSending: ({ claims }, tx, twins) => claims.beginSending(tx, claimOf(twins), 'sha'),
  release: ({ claims }, tx, twins) => claims.release(tx, claimOf(twins), REASON),
  lockWithdrawn: ({ claims }, tx, twins) => claims.lockWithdrawn(tx, claimOf(twins)),
  'settle published': ({ claims }, tx, twins) =>
    claims.settle(tx, claimOf(twins), { state: 'published', externalId: '88', url: 'there' }),
  'settle refused': ({ claims }, tx, twins) => claims.settle(tx, claimOf(twins), { state: 'refused', reason: REASON }),
  'settle withdrawn': ({ claims }, tx, twins) => claims.settle(tx, claimOf(twins), { state: 'withdrawn', reason: REASON }),
  'settle again': ({ claims }, tx, twins) =>
    claims.settle(tx, claimOf(twins), { state: 'scheduled', reason: REASON, againInSeconds: 90 }),
  'settle unclear': ({ claims }, tx, twins) =>
    claims.settle(tx, claimOf(twins), { state: 'unclear', reason: REASON, lookInSeconds: 90 }),
  adoptLate: ({ claims }, tx, twins) => claims.adoptLate(tx, claimOf(twins), '88', 'there'),
  'endAttempt published': ({ claims }, tx, twins) =>
    claims.endAttempt(tx, claimOf(twins), { outcome: 'published', externalId: '88', url: 'there' }),
  'endAttempt unclear': ({ claims }, tx, twins) => claims.endAttempt(tx, claimOf(twins), { outcome: 'unclear', reason: REASON }),
  due: ({ resolution }, tx, { key }) => resolution.due(tx, key),
  'lockUnclear, nothing has happened': ({ resolution }, tx, { key }) =>
    resolution.lockUnclear(tx, { ...key, fence: 3, looks: 1 }),
  'lockUnclear, sent since': ({ resolution }, tx, { key }) => resolution.lockUnclear(tx, { ...key, fence: 2, looks: 1 }),
  'lockUnclear, looked at since': ({ resolution }, tx, { key }) => resolution.lockUnclear(tx, { ...key, fence: 3, looks: 0 }),
  newestKnown: ({ resolution }, tx, { key, agency }) => resolution.newestKnown(tx, key.contractorId, agency.vkPage.id),
  owned: async ({ resolution }, tx, { key, agency }) =>
    (await resolution.owned(tx, key.contractorId, agency.vkPage.id, ['76', '77'])).sort(),
  adopt: ({ resolution }, tx, { key }) => resolution.adopt(tx, key, '88', 'there'),
  'lookAgain, counted': ({ resolution }, tx, { key }) => resolution.lookAgain(tx, key, 60, true),
  'lookAgain, not counted': ({ resolution }, tx, { key }) => resolution.lookAgain(tx, key, 60, false),
  'conclude scheduled': ({ resolution }, tx, { key }) =>
    resolution.conclude(tx, key, { state: 'scheduled', reason: REASON, inDoubt: false, byMarker: false }),
  'conclude scheduled, by the marker': ({ resolution }, tx, { key }) =>
    resolution.conclude(tx, key, { state: 'scheduled', reason: REASON, inDoubt: false, byMarker: true }),
  'conclude held': ({ resolution }, tx, { key }) =>
    resolution.conclude(tx, key, { state: 'held', reason: REASON, inDoubt: false, byMarker: false }),
  'conclude held in doubt': ({ resolution }, tx, { key }) =>
    resolution.conclude(tx, key, { state: 'held', reason: REASON, inDoubt: true, byMarker: false }),
  'conclude withdrawn': ({ resolution }, tx, { key }) =>
    resolution.conclude(tx, key, { state: 'withdrawn', reason: REASON, inDoubt: false, byMarker: false }),
  markerIsFresh: ({ resolution }, tx, { key }) => resolution.markerIsFresh(tx, key),
  expire: ({ resolution }, tx, { key }) => resolution.expire(tx, key, 90, REASON),
  deleted: ({ resolution }, tx, { key }) => resolution.deleted(tx, key),
  'deleteLater, again': ({ resolution }, tx, { key }) => resolution.deleteLater(tx, key, 60, REASON),
  'deleteLater, by a person': ({ resolution }, tx, { key }) => resolution.deleteLater(tx, key, null, REASON),
  recordLook: ({ resolution }, tx, { key: { contractorId, clientId, publicationId } }) =>
    resolution.recordLook(tx, {
      ...{ contractorId, clientId, publicationId, id: '00000000-0000-7000-8000-000000000d01', result: 'absent', seen: 2 },
      ...{ matches: [{ externalId: '1', url: 'there' }], reason: REASON },
    }),
  withdraw: ({ publications }, tx, { key }) => publications.withdraw(tx, key.contractorId, key.id),
  'plan, same content': async ({ publications }, tx, twins) => {
    const row = (await publications.find(tx, twins.key.contractorId, twins.id))!;
    return publications.plan(tx, { ...planOf(twins, row.contentHash, row.postId), scheduledBy: row.scheduledBy });
  },
  'plan, another content': async ({ publications }, tx, twins) => {
    const row = (await publications.find(tx, twins.key.contractorId, twins.id))!;
    return publications.plan(tx, { ...planOf(twins, 'another', row.postId), scheduledBy: row.scheduledBy });
  },
  'plan, by hand': async ({ publications }, tx, twins) => {
    const row = (await publications.find(tx, twins.key.contractorId, twins.id))!;
    const byHand = { ...planOf(twins, row.contentHash, row.postId), state: 'byHand' as const, reason: REASON };
    return publications.plan(tx, { ...byHand, scheduledBy: row.scheduledBy });
  },
  holdUnapproved: async ({ publications }, tx, { key }) => {
    const row = (await publications.find(tx, key.contractorId, key.id))!;
    return publications.holdUnapproved(tx, key.contractorId, row.postId, REASON).then((ids) => ids.sort());
  },
  markPrepared: ({ uploads }, tx, { key }) => uploads.markPrepared(tx, key, 'a key'),
  waitForTurn: ({ uploads }, tx, { key }) => uploads.waitForTurn(tx, key, 2),
  'postpone, again': ({ uploads }, tx, { key }) =>
    uploads.postpone(tx, key, { state: 'scheduled', reason: REASON, againInSeconds: 120 }),
  'postpone, held': ({ uploads }, tx, { key }) => uploads.postpone(tx, key, { state: 'held', reason: REASON, againInSeconds: 0 }),
  'put an upload': ({ uploads }, tx, { key: { contractorId, clientId, publicationId } }) =>
    uploads.put(tx, { contractorId, clientId, publicationId }, { position: 0, mediaSha256: 'sha', attachment: 'photo1_2' }),
};

const STATES_OF_DECISIONS = ['held', 'unclear', 'refused'] as const;
for (const from of STATES_OF_DECISIONS) {
  Object.assign(OPERATIONS, {
    [`decide: adopt from ${from}`]: ({ decisions }: Stores, tx: Tx, { key }: Twins) =>
      decisions.adopt(tx, key, from, { externalId: '88', url: 'there', reason: null }),
    [`decide: send again from ${from}`]: ({ decisions }: Stores, tx: Tx, { key }: Twins) => decisions.sendAgain(tx, key, from),
    [`decide: give up from ${from}`]: ({ decisions }: Stores, tx: Tx, { key }: Twins) => decisions.giveUp(tx, key, from, REASON),
  });
}
