import type { Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import type { PublicationState } from '../../src/modules/publishing/publication.js';
import type { Planned, PublicationStore } from '../../src/modules/publishing/publication.store.js';
import { memory } from './database.js';
import { DatabaseError } from './table.js';
import { updatePublications } from './publications.js';
import { type AttemptRow, kept, type LookRow, type PublicationRow } from './rows.js';

type Publications = Pick<PublicationStore, keyof PublicationStore>;

const REPLANNABLE = new Set(['scheduled', 'held', 'byHand', 'withdrawn', 'abandoned', 'refused']);
const TAKEN_BACK_AT_ONCE = new Set(['scheduled', 'claimed', 'held', 'byHand', 'refused']);
const TAKEN_BACK_LATER = new Set(['sending', 'published', 'unclear']);

export class MemoryPublicationStore implements Publications {
  find(tx: Tx, contractorId: string, id: string): Promise<PublicationRow | null> {
    const t = memory(tx);
    return t.statement('find', () => {
      const row = t.find(t.db.publications, id);
      return row?.contractorId === contractorId ? row : null;
    });
  }

  list(tx: Tx, contractorId: string, filter: Parameters<Publications['list']>[2], start: { beforeId: string; limit: number }) {
    const t = memory(tx);
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    return t.statement('list', () =>
      t
        .all(
          t.db.publications,
          (p) =>
            p.contractorId === contractorId &&
            p.id < start.beforeId &&
            given.every(([name, value]) => p[name as keyof PublicationRow] === value),
        )
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .slice(0, start.limit + 1),
    );
  }

  ofPost(tx: Tx, contractorId: string, postId: string): Promise<PublicationRow[]> {
    const t = memory(tx);
    const place = (p: PublicationRow): string => `${p.network}${p.id}`;
    return t.statement('ofPost', () =>
      t
        .all(t.db.publications, (p) => p.contractorId === contractorId && p.postId === postId)
        .sort((a, b) => (place(a) < place(b) ? -1 : 1)),
    );
  }

  attempts(tx: Tx, _contractorId: string, publicationId: string): Promise<AttemptRow[]> {
    const t = memory(tx);
    return t.statement('attempts', () =>
      t.all(t.db.attempts, (a) => a.publicationId === publicationId).sort((a, b) => a.number - b.number),
    );
  }

  looks(tx: Tx, _contractorId: string, publicationId: string): Promise<LookRow[]> {
    const t = memory(tx);
    return t.statement('looks', () =>
      t.all(t.db.looks, (look) => look.publicationId === publicationId).sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  }

  plan(tx: Tx, planned: Planned): Promise<string | undefined> {
    const t = memory(tx);
    return t.statement('plan', async (now) => {
      for (;;) {
        const slot = [...t.db.publications.slots.values()].find((candidate) =>
          isPlanOf(candidate.pending ?? candidate.committed),
        );
        if (!slot) {
          t.insert(t.db.publications, newPublication(planned, now));
          return planned.id;
        }
        // ON CONFLICT waits for whoever writes the row; if that comes to nothing, the row may be inserted after all.
        await t.wait(slot);
        const row = t.see(slot);
        if (!row) continue;
        const changed = await updatePublications(t, {
          id: row.id,
          where: (p) => REPLANNABLE.has(p.state) && !p.inDoubt,
          set: (p) => replanned(p, planned),
        });
        return changed[0]?.id;
      }
    });

    function isPlanOf(row: PublicationRow | undefined): boolean {
      return row?.postId === planned.postId && row.pageId === planned.pageId;
    }
  }

  withdraw(tx: Tx, _contractorId: string, id: string): Promise<PublicationState | undefined> {
    const t = memory(tx);
    return t.statement('withdraw', async () => {
      const [row] = await updatePublications(t, {
        id,
        where: (p) => TAKEN_BACK_AT_ONCE.has(p.state) || TAKEN_BACK_LATER.has(p.state),
        set: (p) => takenBack(p, t.db.now()),
      });
      return row?.state;
    });
  }

  holdUnapproved(tx: Tx, _contractorId: string, postId: string, reason: Reason): Promise<string[]> {
    const t = memory(tx);
    return t.statement('holdUnapproved', async () => {
      const world = t.world();
      const rows = await updatePublications(t, {
        where: (p) =>
          p.postId === postId && (p.state === 'scheduled' || p.state === 'byHand') && !t.db.gates.postIsApproved(world, p),
        set: () => ({ state: 'held', reason: kept(reason) }),
      });
      return rows.map((row) => row.id);
    });
  }
}

function newPublication(planned: Planned, now: number): PublicationRow {
  const { maxLatenessMinutes, dueAt, ...given } = planned;
  if (given.network !== 'vk' && given.network !== 'ok') throw new DatabaseError('23514', 'publications check: network');
  return {
    ...{ ...given, network: given.network, slot: 1, dueAt, nextTryAt: dueAt, maxLatenessMs: maxLatenessMinutes * 60_000 },
    ...{ preparedAt: null, prepareRungAt: null, budgetKey: null, rungAt: null, leaseUntil: null, sendDeadline: null },
    ...{ tries: 0, fence: 0, firstSentAt: null, looks: 0, nextLookAt: null, withdrawRequestedAt: null },
    ...{ repeatUntil: null, inDoubt: false, settlesAt: null },
    ...{ reason: kept(given.reason), externalId: null, url: null, publishedAt: null, drift: null, version: 1 },
    ...{ createdAt: new Date(now), updatedAt: new Date(now) },
  };
}

function replanned(p: PublicationRow, planned: Planned): Partial<PublicationRow> {
  const { state, dueAt, plannedLocal, timeZone, postVersion, contentHash, onAmbiguity, scheduledBy } = planned;
  const same = p.contentHash === contentHash;
  return {
    ...{ state, dueAt, nextTryAt: dueAt, plannedLocal, timeZone, postVersion, contentHash, onAmbiguity, scheduledBy },
    ...{ maxLatenessMs: planned.maxLatenessMinutes * 60_000, marker: same ? p.marker : planned.marker },
    ...{ preparedAt: same ? p.preparedAt : null, tries: 0, looks: 0, nextLookAt: null, firstSentAt: null, repeatUntil: null },
    ...{ rungAt: null, prepareRungAt: null, reason: kept(planned.reason), withdrawRequestedAt: null },
  };
}

/** As the statement's CASEs say. */
export function takenBack(p: PublicationRow, now: number): Partial<PublicationRow> {
  const [claimed, held] = [p.state === 'claimed', p.state === 'held'];
  const doubted = held && p.inDoubt;
  const gone = TAKEN_BACK_AT_ONCE.has(p.state) ? 'withdrawn' : p.state;
  return {
    state: doubted ? 'unclear' : gone,
    fence: claimed || held ? p.fence + 1 : p.fence,
    leaseUntil: claimed ? null : p.leaseUntil,
    looks: held ? 0 : p.looks,
    nextLookAt: p.state === 'published' || doubted ? new Date(now) : p.nextLookAt,
    withdrawRequestedAt: p.withdrawRequestedAt ?? new Date(now),
  };
}

/** For tests and plans: a row as the table would hold it. */
export function publicationRow(planned: Planned, now: number, changes: Partial<PublicationRow>): PublicationRow {
  return { ...newPublication(planned, now), ...changes };
}
