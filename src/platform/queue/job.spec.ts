import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LANE, defineEvent, defineJob, defineLane, defineTimer } from './job.js';

class Payload {
  contractorId!: string;
}
const policy = { attempts: 3, backoffMs: 100, timeoutMs: 1_000 };

describe('A definition', () => {
  it('goes to the default lane unless it names one', () => {
    const quick = defineLane({ name: 'quick', concurrency: 50 });
    expect(defineJob({ name: 'a.b', payload: Payload, policy }).policy.lane).toBe(DEFAULT_LANE);
    expect(defineJob({ name: 'a.b', payload: Payload, policy: { ...policy, lane: quick } }).policy.lane).toBe(quick);
  });

  it('that subscribes to an event takes the event’s payload', () => {
    const event = defineEvent({ name: 'post.approved', payload: Payload });
    expect(defineJob({ name: 'reports.refresh', on: event, policy })).toMatchObject({ payload: Payload, on: event });
  });

  it.each(['', 'Publish', 'publishing:publish', 'publishing.', 'publishing publish', '1.a'])('can’t be named "%s"', (name) => {
    expect(() => defineTimer({ name, everyMs: 1 })).toThrow('is no name');
  });
});
