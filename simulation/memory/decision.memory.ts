import type { Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import type { DecisionStore } from '../../src/modules/publishing/decision.store.js';
import type { PublicationState } from '../../src/modules/publishing/publication.js';
import { adopted } from './claim.memory.js';
import { memory, type MemoryTx } from './database.js';
import { updatePublications } from './publications.js';
import { kept, type PublicationRow } from './rows.js';

/** What a decision does to the publication; its own line in the history is no part of the engine. */
type Decisions = Pick<DecisionStore, 'adopt' | 'sendAgain' | 'giveUp'>;
type Key = Pick<PublicationRow, 'contractorId' | 'id'>;

export class MemoryDecisionStore implements Decisions {
  adopt(tx: Tx, { id }: Key, from: PublicationState, post: Parameters<Decisions['adopt']>[3]): Promise<boolean> {
    const t = memory(tx);
    const { externalId, url, reason } = post;
    return move(t, 'adoptByHand', { id, where: (p) => p.state === from }, (p) => ({
      ...{ ...adopted(p, externalId, url, t.db.now()), reason: kept(reason) },
    }));
  }

  sendAgain(tx: Tx, { id }: Key, from: PublicationState): Promise<boolean> {
    const t = memory(tx);
    const where = (p: PublicationRow): boolean => p.state === from && p.withdrawRequestedAt === null && settled(p, t.db.now());
    return move(t, 'sendAgain', { id, where }, () => ({
      ...{ state: 'scheduled', dueAt: new Date(t.db.now()), nextTryAt: new Date(t.db.now()), tries: 0, looks: 0 },
      ...{ nextLookAt: null, rungAt: null, firstSentAt: null, repeatUntil: null, inDoubt: false, reason: null },
    }));
  }

  giveUp(tx: Tx, { id }: Key, from: PublicationState, reason: Reason): Promise<boolean> {
    const t = memory(tx);
    const where = (p: PublicationRow): boolean =>
      p.state === from && settled(p, t.db.now()) && (p.state !== 'unclear' || p.withdrawRequestedAt === null);
    return move(t, 'giveUp', { id, where }, () => ({
      ...{ state: 'abandoned', nextLookAt: null, inDoubt: false, reason: kept(reason) },
    }));
  }
}

function settled({ state, settlesAt }: PublicationRow, now: number): boolean {
  return state !== 'unclear' || (settlesAt !== null && settlesAt.getTime() <= now);
}

function move(
  t: MemoryTx,
  name: string,
  which: { id: string; where: (p: PublicationRow) => boolean },
  set: (p: PublicationRow) => Partial<PublicationRow>,
): Promise<boolean> {
  return t.statement(name, async () => (await updatePublications(t, { ...which, set })).length === 1);
}
