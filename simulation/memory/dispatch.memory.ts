import type { NetworkName } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import type { DispatchStore, Picked } from '../../src/modules/publishing/dispatch.store.js';
import type { NetworkTurn, TurnStore, TurnTaken } from '../../src/modules/publishing/turn.store.js';
import { memory } from './database.js';
import { updatePublications } from './publications.js';
import type { PublicationRow } from './rows.js';

type Dispatches = Pick<DispatchStore, keyof DispatchStore>;
type Turns = Pick<TurnStore, keyof TurnStore>;

export const RING_AGAIN_MS = 30_000;
export const PREPARE_AGAIN_MS = 60_000;
export const PREPARE_AHEAD_MS = 10 * 60_000;
const STEP_ASIDE_MS = 60_000;

/** What needs attention, without the quotas of a busy installation: a ring too many must do no harm. */
export class MemoryDispatchStore implements Dispatches {
  pickUnprepared(tx: Tx): Promise<Picked[]> {
    const t = memory(tx);
    return t.statement('pickUnprepared', async (now) => {
      const rows = await updatePublications(t, {
        ...{ versioned: false, skipLocked: true },
        where: (p) =>
          p.state === 'scheduled' &&
          p.preparedAt === null &&
          p.dueAt.getTime() <= now + PREPARE_AHEAD_MS &&
          (p.prepareRungAt === null || p.prepareRungAt.getTime() < now - PREPARE_AGAIN_MS),
        set: () => ({ prepareRungAt: new Date(now) }),
      });
      return rows.map((row) => picked(row, row.prepareRungAt!));
    });
  }

  expiredLeases(tx: Tx, most: number): Promise<Omit<Picked, 'ring'>[]> {
    const t = memory(tx);
    return t.statement('expiredLeases', (now) =>
      t
        .all(
          t.db.publications,
          (p) => (p.state === 'claimed' || p.state === 'sending') && p.leaseUntil !== null && p.leaseUntil.getTime() < now,
        )
        .sort((a, b) => a.leaseUntil!.getTime() - b.leaseUntil!.getTime())
        .slice(0, most)
        .map(({ contractorId, id }) => ({ contractorId, publicationId: id })),
    );
  }

  toLookAt(tx: Tx, most: number): ReturnType<Dispatches['toLookAt']> {
    const t = memory(tx);
    return t.statement('toLookAt', (now) => {
      const due = (p: PublicationRow): boolean => p.nextLookAt !== null && p.nextLookAt.getTime() <= now;
      const first = (rows: PublicationRow[]): PublicationRow[] =>
        rows.sort((a, b) => a.nextLookAt!.getTime() - b.nextLookAt!.getTime()).slice(0, most);
      const unclear = first(t.all(t.db.publications, (p) => p.state === 'unclear' && due(p)));
      const unwanted = first(
        t.all(t.db.publications, (p) => p.state === 'published' && p.withdrawRequestedAt !== null && due(p)),
      );
      return [...unclear, ...unwanted].map((p) => ({
        ...picked(p, p.nextLookAt!),
        state: p.state as 'unclear' | 'published',
      }));
    });
  }

  countOverdue(tx: Tx): Promise<number> {
    const t = memory(tx);
    return t.statement(
      'countOverdue',
      (now) => t.all(t.db.publications, (p) => p.state === 'scheduled' && p.nextTryAt.getTime() < now - 60_000).length,
    );
  }
}

/** One publication of a page at a time, in the order in which they are due; every budget has a turn. */
export class MemoryTurnStore implements Turns {
  begin(tx: Tx, _network: NetworkName): Promise<NetworkTurn | undefined> {
    const t = memory(tx);
    return t.statement('beginTurn', (now) => ({
      now: new Date(now).toISOString(),
      epochMs: now,
      clockTrusted: t.world().doubts.length === 0,
      tokens: 30,
      forLongest: true,
    }));
  }

  take(tx: Tx, network: NetworkName, turn: NetworkTurn): Promise<TurnTaken> {
    const t = memory(tx);
    const now = Date.parse(turn.now);
    const isRung = (p: PublicationRow): boolean => p.rungAt !== null && p.rungAt.getTime() >= now - RING_AGAIN_MS;
    return t.statement('takeTurns', async () => {
      const all = t.all(t.db.publications, (p) => p.network === network);
      const due = all.filter((p) => p.state === 'scheduled' && p.nextTryAt.getTime() <= now);
      const busy = new Set(
        [...due.filter(isRung), ...all.filter((p) => p.state === 'claimed' || p.state === 'sending')].map(({ pageId }) => pageId),
      );
      const late = due.filter((p) => isLate(p, now));
      const heads = new Map<string, PublicationRow>();
      const waiting = due.filter((p) => !isRung(p) && !isLate(p, now)).sort((a, b) => compare(a, b, now));
      for (const p of waiting) if (!heads.has(p.pageId)) heads.set(p.pageId, p);
      const ready = [...heads.values()].filter((p) => p.preparedAt !== null && !busy.has(p.pageId));
      const chosen = new Set([...ready, ...late.filter((p) => !isRung(p))].map(({ id }) => id));
      const rung = await updatePublications(t, {
        ...{ versioned: false, skipLocked: true },
        where: (p) => chosen.has(p.id) && p.state === 'scheduled' && p.nextTryAt.getTime() <= now,
        set: () => ({ rungAt: new Date(now) }),
      });
      const served = rung.filter((p) => !isLate(p, now)).length;
      return { rung: rung.map((p) => picked(p, p.rungAt!)), waiting: heads.size - served };
    });
  }
}

function isLate(p: PublicationRow, now: number): boolean {
  return now > p.dueAt.getTime() + p.maxLatenessMs;
}

/** Unprepared ones step aside after a while, those that were rung in vain go behind, then by plan. */
function compare(a: PublicationRow, b: PublicationRow, now: number): number {
  const aside = (p: PublicationRow): boolean => p.preparedAt === null && p.nextTryAt.getTime() < now - STEP_ASIDE_MS;
  return (
    Number(aside(a)) - Number(aside(b)) ||
    Number(a.rungAt !== null) - Number(b.rungAt !== null) ||
    a.dueAt.getTime() - b.dueAt.getTime() ||
    (a.id < b.id ? -1 : 1)
  );
}

function picked({ contractorId, id }: PublicationRow, ring: Date): Picked {
  return { contractorId, publicationId: id, ring: (ring.getTime() / 1_000).toFixed(6) };
}
