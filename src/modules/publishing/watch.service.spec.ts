import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { ALARM_CAUSES } from './alarm.js';
import { WatchService, WatchTools } from './watch.service.js';
import { IDS } from './publishing.spec-support.js';

const late = (contractorId: string) => ({ contractorId, overdue: 2, oldestSeconds: 90, stuck: 0 });
const stuck = (contractorId: string) => ({ contractorId, overdue: 0, oldestSeconds: 0, stuck: 1 });

interface Situation {
  readonly waiting?: readonly object[];
  readonly lane?: 'queuePaused' | 'noWorker';
  /** Whether the clock is in doubt, each time that it is asked. */
  readonly inDoubt?: readonly boolean[];
  readonly trusts?: boolean;
  readonly open?: readonly object[];
  readonly answers?: object;
}

function service(situation: Situation = {}): [WatchService, Recorder] {
  const told = new Recorder();
  const doubts = [...(situation.inDoubt ?? [false])];
  const rows = {
    clock: () => ({ epochMs: 1_000, inDoubt: doubts.shift() }),
    waiting: situation.waiting ?? [],
    openAlarms: situation.open ?? [],
    ...{ raise: true, end: 'the old id', ...situation.answers },
  };
  const metrics = {
    overduePublications: told.port<object>('overdue'),
    oldestOverdueSeconds: told.port<object>('oldest'),
    publishingAlarms: told.port<object>('alarms'),
  };
  const tools = new WatchTools(
    told.port('lanes', { trouble: situation.lane }),
    told.port('clocks', { trusts: situation.trusts ?? true }),
    metrics as never,
    IDS,
  );
  return [new WatchService(told.work, told.port('rows', rows), told.port('records'), tools), told];
}

async function looked(situation?: Situation) {
  const [watch, told] = service(situation);
  return { sight: await watch.look(), told };
}
async function watched(situation?: Situation): Promise<Recorder> {
  const [watch, told] = service(situation);
  await watch.watch();
  return told;
}
/** The gauge of each cause. */
const gauges = (told: Recorder) =>
  Object.fromEntries(told.of('alarms.set').map(([labels, count]) => [(labels as { cause: string }).cause, count]));
const NONE = Object.fromEntries(ALARM_CAUSES.map((cause) => [cause, 0]));

describe('a look at whether due work is picked up', () => {
  it('compares the clock, sees what waits and how the lane that sends is, of one instant', async () => {
    const { sight, told } = await looked({ waiting: [late('a')], lane: 'noWorker' });
    expect(sight).toEqual({ waiting: [late('a')], clockInDoubt: false, lane: 'noWorker' });
    expect(told.calls.slice(0, 6)).toEqual([
      ['begin across tenants', 'is due work picked up'],
      ['rows.clock'],
      ['clocks.trusts', { epochMs: 1_000, inDoubt: false }],
      ['rows.waiting'],
      ['lanes.trouble', 'sending'],
      ['commit'],
    ]);
  });

  it.each([
    ['was in doubt before', { inDoubt: [true, false] }, true, 1],
    ['has just been found to have jumped', { inDoubt: [false, true], trusts: false }, true, 2],
    ['has just jumped back', { inDoubt: [true, false], trusts: false }, false, 2],
  ])('tells of a clock that %s as it is written down now', async (_, situation, clockInDoubt, asked) => {
    const { sight, told } = await looked(situation);
    expect([sight.clockInDoubt, told.of('rows.clock').length]).toEqual([clockInDoubt, asked]);
  });

  it('sets the gauges: how many are late, how late the oldest is, and what is wrong for how many', async () => {
    const waiting = [{ ...late('a'), oldestSeconds: 400 }, late('b'), { ...late('c'), stuck: 1 }];
    const { told } = await looked({ waiting, lane: 'queuePaused' });
    expect([told.of('overdue.set'), told.of('oldest.set')]).toEqual([[[6]], [[400]]]);
    expect(gauges(told)).toEqual({ ...NONE, queuePaused: 3, stuckLease: 1 });
  });

  it('sets the gauges to nothing when nothing waits', async () => {
    const { told } = await looked();
    expect([told.of('overdue.set'), told.of('oldest.set'), gauges(told)]).toEqual([[[0]], [[0]], NONE]);
  });

  it('shows a clock in doubt even before anything waits, and then for how many', async () => {
    expect(gauges((await looked({ inDoubt: [true] })).told)).toEqual({ ...NONE, clockJump: 1 });
    const many = await looked({ inDoubt: [true], waiting: [late('a'), late('b')] });
    expect(gauges(many.told)).toEqual({ ...NONE, clockJump: 2 });
  });
});

describe('an alarm', () => {
  it('is raised and told in one transaction of its contractor', async () => {
    const told = await watched({ waiting: [late('a'), stuck('b')] });
    const raised = (contractorId: string, cause: string) => [
      ['begin', contractorId],
      ['rows.raise', { contractorId, cause }, 'new id'],
      ['records.alarm', { kind: 'worker', contractorId }, { id: 'new id', contractorId, cause }, 'raised'],
      ['commit'],
    ];
    const open = [['begin across tenants', 'which alarms are on'], ['rows.openAlarms'], ['commit']];
    expect(told.calls.slice(-11)).toEqual([...open, ...raised('a', 'notTaken'), ...raised('b', 'stuckLease')]);
  });

  it('is ended and told when its cause is gone', async () => {
    const told = await watched({ open: [{ contractorId: 'a', cause: 'noWorker' }] });
    expect(told.calls.slice(-4)).toEqual([
      ['begin', 'a'],
      ['rows.end', { contractorId: 'a', cause: 'noWorker' }],
      [
        'records.alarm',
        { kind: 'worker', contractorId: 'a' },
        { id: 'the old id', contractorId: 'a', cause: 'noWorker' },
        'ended',
      ],
      ['commit'],
    ]);
  });

  it('that is on stays on, and another cause or contractor is another alarm', async () => {
    const open = [
      { contractorId: 'a', cause: 'notTaken' },
      { contractorId: 'b', cause: 'noWorker' },
    ];
    const told = await watched({ waiting: [late('a'), late('b'), late('c')], open });
    expect(told.of('rows.raise').map(([alarm]) => alarm)).toEqual([
      { contractorId: 'b', cause: 'notTaken' },
      { contractorId: 'c', cause: 'notTaken' },
    ]);
    expect(told.of('rows.end')).toEqual([[{ contractorId: 'b', cause: 'noWorker' }]]);
  });

  it('is told by one process, the one that wrote it', async () => {
    const open = [{ contractorId: 'b', cause: 'noWorker' }];
    const told = await watched({ waiting: [late('a')], open, answers: { raise: false, end: undefined } });
    expect([told.of('rows.raise').length, told.of('rows.end').length, told.of('records.alarm')]).toEqual([1, 1, []]);
  });
});
