import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DispatchStore } from '../../src/modules/publishing/dispatch.store.js';
import { TurnStore } from '../../src/modules/publishing/turn.store.js';
import type { Tx } from '../../src/platform/database/work.js';
import { MemoryDispatchStore, MemoryTurnStore } from '../../simulation/memory/dispatch.memory.js';
import { STATES } from './situations.js';
import { Twins } from './twins.js';

type Dispatching = Pick<DispatchStore, keyof DispatchStore>;
type Taking = Pick<TurnStore, keyof TurnStore>;

/** What else stands on the same page: it is whose turn it is that depends on it. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  'nothing else': `state = 'withdrawn'`,
  'one that is due earlier': `due_at = due_at - interval '1 minute', next_try_at = next_try_at - interval '1 minute'`,
  'one that is due later': `due_at = due_at + interval '5 seconds', next_try_at = next_try_at + interval '5 seconds'`,
  'one that was rung just now': `rung_at = :now - interval '30 seconds'`,
  'one that was rung and never came': `rung_at = :now - interval '31 seconds'`,
  'one that is being sent': `state = 'sending', lease_until = :now + interval '1 minute'`,
  'one that is long unprepared': `prepared_at = null, due_at = due_at - interval '2 minutes', next_try_at = next_try_at - interval '2 minutes'`,
};

describe('the dispatcher’s statements in memory find what they find in PostgreSQL', () => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await Twins.start();
  }, 120_000);
  afterAll(() => twins.close());

  const [found, turns, foundInMemory, turnsInMemory] = [
    new DispatchStore(),
    new TurnStore(),
    new MemoryDispatchStore(),
    new MemoryTurnStore(),
  ];

  async function sameEverywhere<S>(stores: readonly [S, S], operation: (store: S, tx: Tx) => Promise<unknown>): Promise<void> {
    for (const [state, situation] of Object.entries(STATES)) {
      for (const [beside, change] of Object.entries(NEIGHBOURS)) {
        await twins.reset(...situation, `update publications set ${change} where id = '${twins.neighbour}'`);
        const [real, simulated] = await twins.bothAcross(
          (tx) => operation(stores[0], tx),
          (tx) => operation(stores[1], tx),
        );
        expect({ state, beside, ...simulated }).toEqual({ state, beside, ...real });
      }
    }
  }

  it.each<[string, (store: Dispatching, tx: Tx) => Promise<unknown>]>([
    ['unprepared publications', (store, tx) => store.pickUnprepared(tx).then(sorted)],
    ['leases that ran out', (store, tx) => store.expiredLeases(tx, 10)],
    ['outcomes to look at', (store, tx) => store.toLookAt(tx, 10).then(sorted)],
  ])('%s', async (_, operation) => {
    await sameEverywhere<Dispatching>([found, foundInMemory], operation);
  });

  it('the next of each page whose turn it is', async () => {
    await sameEverywhere<Taking>([turns, turnsInMemory], async (store, tx) => {
      const turn = (await store.begin(tx, 'vk'))!;
      const { rung, waiting } = await store.take(tx, 'vk', turn);
      return { rung: sorted([...rung]), waiting };
    });
  });
});

/** Which one is found first is nobody's promise. Rings differ only in how their instant is written. */
function sorted<P extends { readonly publicationId: string; readonly ring: string }>(picked: P[]): unknown[] {
  return picked.map((one) => ({ ...one, ring: Number(one.ring) })).sort((a, b) => (a.publicationId < b.publicationId ? -1 : 1));
}
