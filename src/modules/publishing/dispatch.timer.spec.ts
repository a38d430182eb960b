import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { DispatchTimer } from './dispatch.timer.js';
import { dispatchTimer } from './publishing.jobs.js';

async function run(signal: AbortSignal): Promise<Recorder> {
  const told = new Recorder();
  const timer = new DispatchTimer(
    told.port('dispatcher', { prepare: 0, dispatch: { rung: 0, waiting: 0 } }),
    told.port('timers', { wake: undefined }),
  );
  await timer.run(signal);
  return told;
}

describe('a run of the dispatcher', () => {
  it('ends when nobody waits, and the next comes at its usual time', async () => {
    const told = await run(new AbortController().signal);
    expect(told.names).toEqual(['dispatcher.prepare', 'dispatcher.dispatch']);
  });

  it('that ends with something left brings the next one forward', async () => {
    const told = await run(AbortSignal.abort());
    expect(told.of('timers.wake')).toEqual([[dispatchTimer]]);
  });
});
