import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Deadline, PlannedDeadline } from './deadline.js';
import { changesOf } from './deadline-changes.js';
import { aDeadline } from './deadlines.spec-support.js';

const NOW = new Date('2026-12-01T00:00:00Z');
const planned = (changes: Partial<PlannedDeadline> = {}): PlannedDeadline => {
  const { kind, subject, stageId, title, dueOn, dueAt, passesAt, provisionalYear, waitingFor } = aDeadline();
  return { kind, subject, stageId, title, dueOn, dueAt, passesAt, provisionalYear, waitingFor, outcome: 'owed', ...changes };
};
const laid = (before: readonly Deadline[], after: readonly PlannedDeadline[]) => changesOf(before, after, NOW, () => 'new');

describe('dates that are laid over what stood there', () => {
  it('are written when they are new, and left alone when they are the same', () => {
    expect(laid([], [planned()])).toMatchObject({
      settled: [{ id: 'new', state: 'open', isDated: true }],
      cancelled: [],
      moves: [],
    });
    expect(laid([aDeadline()], [planned()])).toEqual({ settled: [], cancelled: [], moves: [] });
  });

  it('keep their id when they move, and say from where to where', () => {
    const { settled, moves } = laid([aDeadline()], [planned({ dueOn: '2026-12-11' })]);
    expect(settled).toMatchObject([{ id: 'deadline', dueOn: '2026-12-11', isDated: true }]);
    expect(moves).toEqual([
      { id: 'deadline', kind: 'submission', from: '2026-12-10', to: '2026-12-11', provisionalYear: null, wasProvisional: false },
    ]);
  });

  it('that become definite move without another day; another reason for the same doubt is no move', () => {
    const doubtful = aDeadline({ provisionalYear: 2027 });
    expect(laid([doubtful], [planned()]).moves).toMatchObject([{ from: '2026-12-10', to: '2026-12-10', wasProvisional: true }]);
    expect(laid([doubtful], [planned({ provisionalYear: 2028 })])).toMatchObject({ settled: [{ isDated: false }], moves: [] });
  });

  it('are cancelled once when nobody says them any more, and come back without having moved', () => {
    expect(laid([aDeadline()], [])).toEqual({ settled: [], cancelled: ['deadline'], moves: [] });
    const gone = aDeadline({ state: 'cancelled', waitingFor: 'nobody', cancelledAt: NOW });
    expect(laid([gone], [])).toEqual({ settled: [], cancelled: [], moves: [] });
    expect(laid([gone], [planned({ dueOn: '2026-12-11' })])).toMatchObject({
      settled: [{ state: 'open', isDated: true }],
      moves: [],
    });
  });

  it('do not depend on the order in which they are said', () => {
    const kinds = fc.subarray(['submission', 'acceptance', 'payment', 'cure'] as const);
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`);
    const said = fc.tuple(kinds, day).map(([some, dueOn]) => some.map((kind) => planned({ kind, dueOn })));
    fc.assert(
      fc.property(said, kinds, (after, before) => {
        const rows = before.map((kind) => aDeadline({ id: kind, kind }));
        const one = laid(rows, after);
        const other = laid(rows.toReversed(), after.toReversed());
        const sorted = (list: readonly object[] | readonly string[]) => list.map((x) => JSON.stringify(x)).sort();
        expect(sorted(other.settled)).toEqual(sorted(one.settled));
        expect(sorted(other.cancelled)).toEqual(sorted(one.cancelled));
        expect(sorted(other.moves)).toEqual(sorted(one.moves));
      }),
    );
  });
});
