import type { Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import type { Claim, ClaimStore } from '../../src/modules/publishing/claim.store.js';
import type { HoldCode } from '../../src/modules/publishing/hold-reasons.js';
import type { Settlement } from '../../src/modules/publishing/publication.js';
import { memory, type MemoryTx } from './database.js';
import { updatePublications } from './publications.js';
import { kept, later, type PublicationRow, type World } from './rows.js';

export const LEASE_SECONDS = 30;
const ADOPTABLE = new Set(['unclear', 'held', 'scheduled', 'claimed']);

type Claims = Pick<ClaimStore, keyof ClaimStore>;
type Key = Parameters<Claims['claim']>[1];

export class MemoryClaimStore implements Claims {
  claim(tx: Tx, key: Key, attemptId: string): Promise<Claim | undefined> {
    const t = memory(tx);
    return t.statement('claim', async (now) => {
      const world = t.world();
      const [row] = await updatePublications(t, {
        id: key.publicationId,
        where: (p) => this.mayBeClaimed(t, world, p, now),
        set: (p) => ({ state: 'claimed', fence: p.fence + 1, tries: p.tries + 1, leaseUntil: later(t.db.now(), LEASE_SECONDS) }),
      });
      if (!row) return undefined;
      this.beginAttempt(t, row, attemptId);
      const { clientId, fence, tries, budgetKey } = row;
      return { ...key, attemptId, clientId, fence, tries, budgetKey };
    });
  }

  holdIfShut(tx: Tx, { publicationId }: Key, reasonOf: (code: HoldCode) => Reason): Promise<HoldCode | undefined> {
    const t = memory(tx);
    return t.statement('holdIfShut', async (now) => {
      const world = t.world();
      const isDue = (p: PublicationRow): boolean => p.state === 'scheduled' && p.dueAt.getTime() <= now;
      // FOR UPDATE, so that it is taken even when no gate turns out to be shut.
      const [row] = await t.update(t.db.publications, { id: publicationId, where: isDue, set: (p) => p });
      const code = row && shutGate(t, world, row, now);
      if (!code) return undefined;
      await updatePublications(t, {
        id: publicationId,
        where: (p) => p.state === 'scheduled',
        set: () => ({ state: 'held', reason: kept(reasonOf(code)) }),
      });
      return code;
    });
  }

  beginSending(tx: Tx, claim: Claim, requestSha256: string): Promise<boolean> {
    const t = memory(tx);
    return t.statement('beginSending', async (now) => {
      const world = t.world();
      const [row] = await updatePublications(t, {
        id: claim.publicationId,
        where: (p) =>
          p.state === 'claimed' &&
          p.fence === claim.fence &&
          p.leaseUntil!.getTime() > t.db.now() &&
          p.withdrawRequestedAt === null &&
          t.db.gates.open(world, p, now),
        set: (p) => ({
          state: 'sending',
          firstSentAt: p.firstSentAt ?? new Date(t.db.now()),
          sendDeadline: later(t.db.now(), 5),
          leaseUntil: later(t.db.now(), LEASE_SECONDS),
        }),
      });
      if (!row) return false;
      const attempts = await t.update(t.db.attempts, {
        id: claim.attemptId,
        where: () => true,
        set: (a) => ({ ...a, sentAt: new Date(t.db.now()), requestSha256 }),
      });
      return attempts.length === 1;
    });
  }

  async release(tx: Tx, claim: Claim, reason: Reason): Promise<void> {
    const t = memory(tx);
    await t.statement('release', () =>
      updatePublications(t, {
        id: claim.publicationId,
        where: (p) => p.state === 'claimed' && p.fence === claim.fence,
        set: () => ({ state: 'scheduled', leaseUntil: null, rungAt: null, preparedAt: null, prepareRungAt: null }),
      }),
    );
    await this.endAttempt(tx, claim, { outcome: 'released', reason });
  }

  lockWithdrawn(tx: Tx, claim: Claim): Promise<boolean> {
    const t = memory(tx);
    return t.statement('lockWithdrawn', async () => {
      const [row] = await t.update(t.db.publications, { id: claim.publicationId, where: () => true, set: (p) => p });
      return !!row?.withdrawRequestedAt;
    });
  }

  settle(tx: Tx, claim: Claim, settlement: Settlement): Promise<boolean> {
    const t = memory(tx);
    return t.statement('settle', async () => {
      const [row] = await updatePublications(t, {
        id: claim.publicationId,
        where: (p) => p.state === 'sending' && p.fence === claim.fence,
        set: (p) => settled(p, settlement, t.db.now()),
      });
      return row !== undefined;
    });
  }

  adoptLate(tx: Tx, claim: Claim, externalId: string, url: string): Promise<boolean> {
    const t = memory(tx);
    return t.statement('adoptLate', async () => {
      const marker = t.find(t.db.attempts, claim.attemptId)?.marker;
      const rows = await updatePublications(t, {
        id: claim.publicationId,
        where: (p) => ADOPTABLE.has(p.state) && p.marker === marker,
        set: (p) => ({ ...adopted(p, externalId, url, t.db.now()), fence: p.fence + 1, leaseUntil: null, rungAt: null }),
      });
      return rows.length === 1;
    });
  }

  async endAttempt(tx: Tx, claim: Pick<Claim, 'attemptId'>, end: Parameters<Claims['endAttempt']>[2]): Promise<void> {
    const t = memory(tx);
    const { outcome, reason, externalId = null, url = null } = end;
    await t.statement('endAttempt', () =>
      t.update(t.db.attempts, {
        id: claim.attemptId,
        where: (a) => a.endedAt === null || a.outcome === 'unclear',
        set: (a) => ({ ...a, endedAt: new Date(t.db.now()), outcome, reason: kept(reason), externalId, url }),
      }),
    );
  }

  protected mayBeClaimed(t: MemoryTx, world: World, p: PublicationRow, now: number): boolean {
    return (
      p.state === 'scheduled' &&
      p.dueAt.getTime() <= now &&
      p.nextTryAt.getTime() <= now &&
      now <= p.dueAt.getTime() + p.maxLatenessMs &&
      p.withdrawRequestedAt === null &&
      t.db.gates.open(world, p, now)
    );
  }

  protected beginAttempt(t: MemoryTx, row: PublicationRow, id: string): void {
    const { contractorId, clientId, id: publicationId, fence, marker } = row;
    const number = 1 + t.all(t.db.attempts, (a) => a.publicationId === publicationId).length;
    t.insert(t.db.attempts, {
      ...{ contractorId, id, clientId, publicationId, number, fence, marker, requestSha256: null },
      ...{
        startedAt: new Date(t.db.now()),
        sentAt: null,
        endedAt: null,
        outcome: null,
        reason: null,
        externalId: null,
        url: null,
      },
    });
  }
}

/** It turns out to stand on the page. */
export function adopted(p: PublicationRow, externalId: string, url: string, now: number): Partial<PublicationRow> {
  return {
    ...{ state: 'published', externalId, url, publishedAt: new Date(now), reason: null, inDoubt: false },
    nextLookAt: p.withdrawRequestedAt ? new Date(now) : null,
  };
}

function shutGate({ db: { gates } }: MemoryTx, world: World, p: PublicationRow, now: number): HoldCode | undefined {
  if (now > p.dueAt.getTime() + p.maxLatenessMs) return 'too-late';
  if (!gates.contractorIsActive(world, p)) return 'contractor-suspended';
  if (!gates.postIsApproved(world, p)) return 'not-approved';
  if (!gates.contractInForce(world, p, now)) return 'no-contract';
  if (gates.inQuietPeriod(world, p, now)) return 'quiet-period';
  if (!gates.pageIsConnected(world, p)) return 'page-not-connected';
  if (!gates.mayRepeat(p, now)) return 'repeat-too-late';
  return undefined;
}

function settled(p: PublicationRow, settlement: Settlement, now: number): Partial<PublicationRow> {
  const { state } = settlement;
  const published = settlement.state === 'published';
  const again = settlement.state === 'scheduled' ? later(now, settlement.againInSeconds).getTime() : undefined;
  const latest = Math.max(now, p.dueAt.getTime() + p.maxLatenessMs + 1_000);
  const look = settlement.state === 'unclear' ? later(now, settlement.lookInSeconds) : null;
  return {
    ...{
      state,
      leaseUntil: null,
      sendDeadline: null,
      rungAt: null,
      inDoubt: state === 'unclear',
      settlesAt: look ?? p.settlesAt,
    },
    reason: 'reason' in settlement ? kept(settlement.reason) : null,
    externalId: published ? settlement.externalId : null,
    url: published ? settlement.url : null,
    publishedAt: published ? new Date(now) : null,
    nextTryAt: again === undefined ? p.nextTryAt : new Date(Math.min(again, latest)),
    nextLookAt: look ?? (published && p.withdrawRequestedAt ? new Date(now) : null),
  };
}
