import type { Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import { WORKERS_LOST } from '../../src/modules/publishing/hold-reasons.js';
import type { PublicationState } from '../../src/modules/publishing/publication.js';
import type { LookEntity } from '../../src/modules/publishing/publication.entity.js';
import {
  type Conclusion,
  type KnownPost,
  LOST_BEFORE,
  type Open,
  type ResolutionStore,
} from '../../src/modules/publishing/resolution.store.js';
import { adopted } from './claim.memory.js';
import { memory, type MemoryTx } from './database.js';
import { updatePublications } from './publications.js';
import { type AttemptRow, kept, later, type PublicationRow } from './rows.js';

type Resolutions = Pick<ResolutionStore, keyof ResolutionStore>;
type Key = Pick<PublicationRow, 'contractorId' | 'id'>;
type Begun = Key & Pick<PublicationRow, 'fence' | 'looks'>;

const MARKER_MS = 50 * 60_000;
const MOST_LOOKING_MS = 50 * 60_000;

export class MemoryResolutionStore implements Resolutions {
  due(tx: Tx, key: Key): Promise<Begun | undefined> {
    const t = memory(tx);
    return t.statement('due', (now) => {
      const row = t.find(t.db.publications, key.id);
      const due = row?.state === 'unclear' && row.nextLookAt !== null && row.nextLookAt.getTime() <= now;
      return due ? { ...key, fence: row.fence, looks: row.looks } : undefined;
    });
  }

  lockUnclear(tx: Tx, { id, fence, looks }: Begun): Promise<Open | undefined> {
    const t = memory(tx);
    return t.statement('lockUnclear', async () => {
      const [row] = await t.update(t.db.publications, { id, where: (p) => p.state === 'unclear', set: (p) => p });
      if (!row) return undefined;
      const now = t.db.now();
      const due = row.nextLookAt !== null && row.nextLookAt.getTime() <= now;
      return {
        withdrawn: row.withdrawRequestedAt !== null,
        tooLong: now > row.settlesAt!.getTime() + MOST_LOOKING_MS,
        counts: due && row.fence === fence && row.looks === looks,
      };
    });
  }

  async recordLook(tx: Tx, look: Omit<LookEntity, 'lookedAt'>): Promise<void> {
    const t = memory(tx);
    await t.statement('recordLook', (now) => t.insert(t.db.looks, { ...look, lookedAt: new Date(now) }));
  }

  newestKnown(tx: Tx, contractorId: string, pageId: string): Promise<KnownPost | undefined> {
    const t = memory(tx);
    return t.statement('newestKnown', () => {
      const published = t.all(
        t.db.publications,
        (p) => p.contractorId === contractorId && p.pageId === pageId && p.state === 'published' && p.drift !== 'deleted',
      );
      const others = t.all(t.db.outside, (post) => post.contractorId === contractorId && post.pageId === pageId);
      const newest = newestOf(published) ?? newestOf(others);
      return newest && { externalId: newest.externalId!, publishedAt: newest.publishedAt! };
    });
  }

  owned(tx: Tx, contractorId: string, pageId: string, externalIds: readonly string[]): Promise<string[]> {
    const t = memory(tx);
    return t.statement('owned', () =>
      t
        .all(t.db.publications, (p) => p.contractorId === contractorId && p.pageId === pageId)
        .flatMap(({ externalId }) => (externalId !== null && externalIds.includes(externalId) ? [externalId] : [])),
    );
  }

  adopt(tx: Tx, { id }: Key, externalId: string, url: string): Promise<boolean> {
    const t = memory(tx);
    return t.statement('adopt', async () => {
      const rows = await updatePublications(t, {
        id,
        where: (p) => p.state === 'unclear',
        set: (p) => adopted(p, externalId, url, t.db.now()),
      });
      return rows.length === 1;
    });
  }

  async lookAgain(tx: Tx, { id }: Key, inSeconds: number, counts: boolean): Promise<void> {
    const t = memory(tx);
    await t.statement('lookAgain', () =>
      updatePublications(t, {
        ...{ id, versioned: false },
        where: (p) => p.state === 'unclear',
        set: (p) => ({
          ...{ looks: p.looks + (counts ? 1 : 0), nextLookAt: later(t.db.now(), inSeconds), updatedAt: new Date(t.db.now()) },
        }),
      }),
    );
  }

  conclude(tx: Tx, { id }: Key, { state, reason, inDoubt, byMarker }: Conclusion): Promise<boolean> {
    const t = memory(tx);
    return t.statement('conclude', async () => {
      const [row] = await updatePublications(t, {
        id,
        where: (p) => p.state === 'unclear',
        set: (p) => ({
          ...{ state, reason: kept(reason), looks: 0, nextLookAt: null, rungAt: null, nextTryAt: new Date(t.db.now()), inDoubt },
          repeatUntil: byMarker && p.firstSentAt ? new Date(p.firstSentAt.getTime() + MARKER_MS) : null,
        }),
      });
      return row !== undefined;
    });
  }

  markerIsFresh(tx: Tx, { id }: Key): Promise<boolean> {
    const t = memory(tx);
    return t.statement('markerIsFresh', (now) => {
      const sent = t.find(t.db.publications, id)?.firstSentAt;
      return !!sent && sent.getTime() > now - MARKER_MS;
    });
  }

  expire(tx: Tx, { id }: Key, settleSeconds: number, lost: Reason): Promise<PublicationState | undefined> {
    const t = memory(tx);
    return t.statement('expire', async () => {
      const poison = this.lostBefore(t, id, lost);
      const [row] = await updatePublications(t, {
        id,
        where: (p) => (p.state === 'claimed' || p.state === 'sending') && p.leaseUntil!.getTime() < t.db.now(),
        set: (p) => ({
          ...expiredTo(p, lost, poison),
          ...{ fence: p.fence + 1, leaseUntil: null, sendDeadline: null, rungAt: null, inDoubt: p.state === 'sending' },
          ...settling(p, t.db.now(), settleSeconds),
        }),
      });
      if (!row) return undefined;
      await t.update(t.db.attempts, {
        where: (a) => a.publicationId === id && a.endedAt === null,
        set: (a): AttemptRow => ({
          ...{ ...a, endedAt: new Date(t.db.now()), reason: kept(lost) },
          outcome: row.state === 'unclear' ? 'unclear' : 'released',
        }),
      });
      return row.state;
    });
  }

  private lostBefore(t: MemoryTx, id: string, lost: Reason): boolean {
    const ended = t.all(t.db.attempts, (a) => a.publicationId === id && a.endedAt !== null).sort((a, b) => b.number - a.number);
    const last = ended.slice(0, LOST_BEFORE).filter(({ reason }) => reason?.code === lost.code);
    return last.length === LOST_BEFORE;
  }

  deleted(tx: Tx, { id }: Key): Promise<boolean> {
    const t = memory(tx);
    return t.statement('deleted', async () => {
      const rows = await updatePublications(t, {
        id,
        where: (p) => p.state === 'published' && p.withdrawRequestedAt !== null,
        set: () => ({ state: 'deleted', reason: null, nextLookAt: null }),
      });
      return rows.length === 1;
    });
  }

  async deleteLater(tx: Tx, { id }: Key, inSeconds: number | null, reason: Reason): Promise<void> {
    const t = memory(tx);
    await t.statement('deleteLater', () =>
      updatePublications(t, {
        id,
        where: (p) => p.state === 'published',
        set: () => ({ reason: kept(reason), nextLookAt: inSeconds === null ? null : later(t.db.now(), inSeconds) }),
      }),
    );
  }
}

function newestOf<P extends { publishedAt: Date | null }>(posts: P[]): P | undefined {
  return posts.sort((a, b) => b.publishedAt!.getTime() - a.publishedAt!.getTime())[0];
}

/** From when on a look says something about a send that was lost. */
function settling(p: PublicationRow, now: number, settleSeconds: number): Pick<PublicationRow, 'settlesAt' | 'nextLookAt'> {
  if (p.state !== 'sending') return { settlesAt: p.settlesAt, nextLookAt: null };
  const settlesAt = later(Math.max(now, p.sendDeadline?.getTime() ?? 0), settleSeconds);
  return { settlesAt, nextLookAt: settlesAt };
}

/** Where a publication goes whose lease ran out. */
function expiredTo(p: PublicationRow, lost: Reason, poison: boolean): Pick<PublicationRow, 'state' | 'reason'> {
  if (p.state === 'sending') return { state: 'unclear', reason: kept(lost) };
  return poison && p.tries > LOST_BEFORE
    ? { state: 'held', reason: kept(WORKERS_LOST) }
    : { state: 'scheduled', reason: kept(lost) };
}
