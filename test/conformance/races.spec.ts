import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '../../src/platform/database/work.js';
import { OPERATIONS, REAL, SIMULATED, type Stores } from './operations.js';
import { STATES } from './situations.js';
import { attempt, isFailure, type Outcome, rowsOf, Twins } from './twins.js';

/** Statements that meet on one row: the second waits for the first, and then looks again. */
const PAIRS: readonly (readonly [state: string, first: string, second: string])[] = [
  ['scheduled', 'claim', 'claim'],
  ['scheduled', 'withdraw', 'claim'],
  ['scheduled', 'claim', 'withdraw'],
  ['scheduled', 'plan, another content', 'claim'],
  ['scheduled', 'claim', 'plan, same content'],
  ['scheduled', 'postpone, held', 'claim'],
  ['scheduled', 'holdUnapproved', 'claim'],
  ['too late', 'holdIfShut', 'withdraw'],
  ['claimed', 'withdraw', 'beginSending'],
  ['claimed', 'beginSending', 'withdraw'],
  ['claimed', 'withdraw', 'release'],
  ['claimed, lease over', 'expire', 'beginSending'],
  ['claimed, lease over', 'expire', 'withdraw'],
  ['sending', 'withdraw', 'lockWithdrawn'],
  ['sending', 'withdraw', 'settle again'],
  ['sending', 'settle published', 'withdraw'],
  ['sending, lease over', 'expire', 'settle refused'],
  ['sending, lease over', 'settle unclear', 'expire'],
  ['unclear', 'lookAgain, counted', 'lockUnclear, nothing has happened'],
  ['unclear', 'lockUnclear, nothing has happened', 'withdraw'],
  ['unclear', 'withdraw', 'lockUnclear, nothing has happened'],
  ['held in doubt', 'withdraw', 'adoptLate'],
  ['held in doubt', 'withdraw', 'plan, same content'],
  ['claimed', 'adoptLate', 'beginSending'],
  ['unclear', 'adoptLate', 'conclude scheduled'],
  ['unclear', 'conclude held', 'adopt'],
  ['held', 'decide: send again from held', 'decide: give up from held'],
  ['held', 'withdraw', 'decide: send again from held'],
  ['published against a wish', 'deleted', 'deleteLater, again'],
];

const ENDS = ['commits', 'rolls back'] as const;

describe('two statements on one row end in memory as they end in PostgreSQL', () => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await Twins.start();
  }, 120_000);
  afterAll(() => twins.close());

  it.each(PAIRS.flatMap((pair) => ENDS.map((end) => [...pair, end] as const)))(
    '%s: %s, then %s, and the first %s',
    async (state, first, second, end) => {
      await twins.reset(...STATES[state]!);
      const memory = await twins.copy();
      const commits = end === 'commits';
      const run = (stores: Stores, name: string, tx: Tx): Promise<unknown> => OPERATIONS[name]!(stores, tx, twins);

      const [one, two] = [twins.begin(memory), twins.begin(memory)];
      await run(SIMULATED, first, one as unknown as Tx);
      const waiting = attempt(run(SIMULATED, second, two as unknown as Tx));
      await settled();
      if (commits) one.commit();
      else one.rollback();
      const answer = await waiting;
      if (isFailure(answer)) two.rollback();
      else two.commit();
      const simulated: Outcome = { answer, rows: rowsOf(memory) };

      expect(simulated).toEqual(await inDatabase(first, second, commits));
    },
  );

  /** The first transaction stays open until the second one waits for it, or has found that it need not. */
  async function inDatabase(first: string, second: string, commits: boolean): Promise<Outcome> {
    let open: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (open = resolve));
    let began: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (began = resolve));
    const holding = twins
      .forTenant(async (tx) => {
        await OPERATIONS[first]!(REAL, tx, twins);
        began();
        await done;
        if (!commits) throw new RolledBack();
      })
      .catch((error: unknown) => {
        began();
        if (!(error instanceof RolledBack)) throw error;
      });
    await begun;
    let over = false;
    const waiting = attempt(twins.forTenant((tx) => OPERATIONS[second]!(REAL, tx, twins))).finally(() => (over = true));
    while (!over && !(await isBlocked())) await new Promise((resolve) => setTimeout(resolve, 2));
    open();
    await holding;
    return { answer: await waiting, rows: await twins.rows() };
  }

  async function isBlocked(): Promise<boolean> {
    const rows = await twins.harness.sql(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' limit 1`,
    );
    return rows.length > 0;
  }
});

class RolledBack extends Error {}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
