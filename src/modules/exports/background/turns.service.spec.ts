import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../../test/ports/recorder.js';
import { type ExportJob, MOST_FAILURES } from './export-job.js';
import { ExportLost } from './joining.service.js';
import { ExportTurns } from './turns.service.js';

const KEY = { contractorId: 'agency', id: 'export' };

interface World {
  readonly failures?: number;
  readonly scope?: object | undefined;
  /** What each part brings. */
  readonly parts?: readonly string[];
  readonly join?: (signal: AbortSignal) => unknown;
  readonly control?: AbortController;
}

async function turn(world: World): Promise<Recorder> {
  const told = new Recorder();
  const parts = [...(world.parts ?? ['read', 'complete'])];
  const steps = {
    orderers: told.port('orderers', { scopeOf: 'scope' in world ? world.scope : { contractorId: 'agency' } }),
    reading: told.port('reading', { readPart: () => parts.shift() }),
    joining: told.port('joining', { join: (_: ExportJob, signal: AbortSignal) => (world.join ?? (() => 'file'))(signal) }),
  };
  const job = { ...KEY, failures: world.failures ?? 0 };
  const rows = { jobs: told.port('jobs', { claim: job }) };
  const turns = new ExportTurns(told.work, rows as never, steps as never, told.port('endings'));
  await turns
    .run(KEY, (world.control ?? new AbortController()).signal)
    .catch((error: unknown) => told.calls.push(['threw', error]));
  return told;
}

const ends = (told: Recorder): unknown[] =>
  told.calls.filter(([name]) => /^endings|^threw/.test(String(name))).map(([name]) => name);

describe('a worker’s turn with an export', () => {
  it('reads part by part, asks before each whether the orderer may still read, and writes the file', async () => {
    const told = await turn({});
    expect([told.of('orderers.scopeOf').length, told.of('reading.estimate').length]).toEqual([2, 1]);
    expect(told.of('endings.ready')[0]![1]).toBe('file');
  });

  it('ends when the orderer may not read any more, or when workers died over it again and again', async () => {
    expect((await turn({ scope: undefined })).of('endings.fail')[0]![1]).toBe('accessLost');
    const told = await turn({ failures: MOST_FAILURES });
    expect([told.of('endings.fail')[0]![1], told.of('reading.readPart')]).toEqual(['gaveUp', []]);
  });

  it('leaves a job alone that is somebody else’s by now', async () => {
    expect(ends(await turn({ parts: ['lost'] }))).toEqual([]);
    expect(ends(await turn({ join: () => Promise.reject(new ExportLost()) }))).toEqual([]);
  });

  it('counts a try that failed, and says why', async () => {
    expect(ends(await turn({ join: () => Promise.reject(new Error('disk full')) }))).toEqual(['endings.tryLater', 'threw']);
  });

  it('hands the job back between parts when its time is over', async () => {
    const control = new AbortController();
    control.abort();
    expect(ends(await turn({ control }))).toEqual(['endings.handBack']);
  });

  it('counts a try whose file was not written in its time: otherwise it would begin again for ever', async () => {
    const control = new AbortController();
    const join = (signal: AbortSignal): never => {
      control.abort();
      signal.throwIfAborted();
      throw new Error('not reached');
    };
    expect(ends(await turn({ control, join }))).toEqual(['endings.tryLater']);
  });
});
