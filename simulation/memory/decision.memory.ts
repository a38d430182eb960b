import type { Reason } from '../../src/networks/network.js';
import type { Tx } from '../../src/platform/database/work.js';
import type { DecisionStore } from '../../src/modules/publishing/decision.store.js';
import type { PublicationState } from '../../src/modules/publishing/publication.js';
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
      ...{ state: 'published', externalId, url, reason: kept(reason), publishedAt: new Date(t.db.now()) },
      nextLookAt: p.withdrawRequestedAt ? new Date(t.db.now()) : null,
    }));
  }

  sendAgain(tx: Tx, { id }: Key, from: PublicationState): Promise<boolean> {
    const t = memory(tx);
    return move(t, 'sendAgain', { id, where: (p) => p.state === from && p.withdrawRequestedAt === null }, () => ({
      ...{ state: 'scheduled', dueAt: new Date(t.db.now()), nextTryAt: new Date(t.db.now()), tries: 0, looks: 0 },
      ...{ nextLookAt: null, rungAt: null, firstSentAt: null, reason: null },
    }));
  }

  giveUp(tx: Tx, { id }: Key, from: PublicationState, reason: Reason): Promise<boolean> {
    const t = memory(tx);
    return move(t, 'giveUp', { id, where: (p) => p.state === from }, () => ({
      ...{ state: 'abandoned', nextLookAt: null, reason: kept(reason) },
    }));
  }
}

function move(
  t: MemoryTx,
  name: string,
  which: { id: string; where: (p: PublicationRow) => boolean },
  set: (p: PublicationRow) => Partial<PublicationRow>,
): Promise<boolean> {
  return t.statement(name, async () => (await updatePublications(t, { ...which, set })).length === 1);
}
