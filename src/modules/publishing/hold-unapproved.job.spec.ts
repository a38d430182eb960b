import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { HoldUnapprovedJob } from './hold-unapproved.job.js';
import { holdReason } from './hold-reasons.js';

describe('a post that lost its approval', () => {
  it.each([[[]], [['a', 'b']]])('holds what was scheduled of it, and tells each: %j', async (held: string[]) => {
    const told = new Recorder();
    const publications = told.port<object>('publications', { holdUnapproved: held });
    const records = told.port<{ moved(...of: unknown[]): Promise<void> }>('records');
    const job = new HoldUnapprovedJob(told.work, {
      publications,
      moved: (...of: unknown[]) => records.moved(...of),
    } as never);
    await job.run({ contractorId: 'agency', clientId: 'client', postId: 'post' });
    expect(told.of('publications.holdUnapproved')).toEqual([['agency', 'post', holdReason('not-approved')]]);
    expect(told.of('records.moved')).toEqual(
      held.map((id) => [
        { kind: 'worker', contractorId: 'agency' },
        { id, clientId: 'client', state: 'held' },
        { code: 'not-approved' },
      ]),
    );
    expect(told.calls[0]).toEqual(['begin', 'agency']);
  });
});
