import type { Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import type { PublicationState } from '../../src/modules/publishing/publication.js';
import type { LookEntity } from '../../src/modules/publishing/publication.entity.js';
import type { ResolutionStore } from '../../src/modules/publishing/resolution.store.js';
import { adoptUnclear } from './claim.memory.js';
import { memory } from './database.js';
import { updatePublications } from './publications.js';
import { type AttemptRow, kept, later, type PublicationRow } from './rows.js';

type Resolutions = Pick<ResolutionStore, keyof ResolutionStore>;
type Key = Pick<PublicationRow, 'contractorId' | 'id'>;

const MARKER_MS = 50 * 60_000;

export class MemoryResolutionStore implements Resolutions {
  lockDue(tx: Tx, { id }: Key): Promise<{ looks: number; withdrawn: boolean } | undefined> {
    const t = memory(tx);
    return t.statement('lockDue', async (now) => {
      const due = (p: PublicationRow): boolean => p.state === 'unclear' && p.nextLookAt !== null && p.nextLookAt.getTime() <= now;
      const [row] = await t.update(t.db.publications, { id, where: due, set: (p) => p });
      return row && { looks: row.looks, withdrawn: row.withdrawRequestedAt !== null };
    });
  }

  async recordLook(tx: Tx, look: Omit<LookEntity, 'lookedAt'>): Promise<void> {
    const t = memory(tx);
    await t.statement('recordLook', (now) => t.insert(t.db.looks, { ...look, lookedAt: new Date(now) }));
  }

  newestKnown(tx: Tx, contractorId: string, pageId: string): Promise<string | undefined> {
    const t = memory(tx);
    return t.statement('newestKnown', () => {
      const published = t.all(
        t.db.publications,
        (p) => p.contractorId === contractorId && p.pageId === pageId && p.state === 'published' && p.drift !== 'deleted',
      );
      const [newest] = published.sort((a, b) => b.publishedAt!.getTime() - a.publishedAt!.getTime());
      return newest?.externalId ?? undefined;
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
    return t.statement('adopt', async () => (await adoptUnclear(t, id, externalId, url)) === 1);
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

  conclude(tx: Tx, { id }: Key, state: 'scheduled' | 'held' | 'withdrawn', reason: Reason): Promise<boolean> {
    const t = memory(tx);
    return t.statement('conclude', async () => {
      const [row] = await updatePublications(t, {
        id,
        where: (p) => p.state === 'unclear',
        set: () => ({
          ...{ state, reason: kept(reason), looks: 0, nextLookAt: null, rungAt: null, nextTryAt: new Date(t.db.now()) },
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
      const [row] = await updatePublications(t, {
        id,
        where: (p) => (p.state === 'claimed' || p.state === 'sending') && p.leaseUntil!.getTime() < t.db.now(),
        set: (p) => ({
          ...{ state: p.state === 'claimed' ? 'scheduled' : 'unclear', fence: p.fence + 1, reason: kept(lost) },
          ...{ leaseUntil: null, sendDeadline: null, rungAt: null },
          nextLookAt: p.state === 'sending' ? later(t.db.now(), settleSeconds) : null,
        }),
      });
      if (!row) return undefined;
      await t.update(t.db.attempts, {
        where: (a) => a.publicationId === id && a.endedAt === null,
        set: (a): AttemptRow => ({
          ...{ ...a, endedAt: new Date(t.db.now()), reason: kept(lost) },
          outcome: row.state === 'scheduled' ? 'released' : 'unclear',
        }),
      });
      return row.state;
    });
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
