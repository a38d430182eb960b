import { describe, expect, it } from '@jest/globals';
import { type AlarmCause, alarmsOf, problemOf, type Sight } from './alarm.js';

describe('why due work is not being picked up', () => {
  const late = { contractorId: 'a', overdue: 2, oldestSeconds: 90, stuck: 0 };
  const stuck = { contractorId: 'b', overdue: 0, oldestSeconds: 0, stuck: 1 };
  const well: Sight = { waiting: [], clockInDoubt: false, lane: undefined };

  it.each<[Partial<Sight>, AlarmCause[]]>([
    [{}, []],
    [{ waiting: [late] }, ['notTaken']],
    [{ waiting: [late], lane: 'noWorker' }, ['noWorker']],
    [{ waiting: [late], lane: 'queuePaused' }, ['queuePaused']],
    [{ waiting: [late], lane: 'noWorker', clockInDoubt: true }, ['clockJump']],
    [{ waiting: [stuck] }, ['stuckLease']],
    [{ waiting: [late, stuck], lane: 'queuePaused' }, ['queuePaused', 'stuckLease']],
    // Nobody waits for an idle worker.
    [{ lane: 'noWorker' }, []],
  ])('%j: %j', (seen, causes) => {
    expect(alarmsOf({ ...well, ...seen }).map(({ cause }) => cause)).toEqual(causes);
  });

  it('is said with what to do, and a clock in doubt before anything is late', () => {
    expect(problemOf(well)).toBeUndefined();
    expect(problemOf({ ...well, lane: 'noWorker' })).toBeUndefined();
    expect(problemOf({ ...well, clockInDoubt: true })).toMatch(/^clockJump: .*confirm-clock$/);
    expect(problemOf({ ...well, waiting: [late] })).toMatch(/^2 publications .* notTaken: /);
  });
});
