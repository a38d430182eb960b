import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { HealthCheck } from '../../platform/observability/health.js';
import { PublishingReadiness } from './readiness.service.js';

const WELL = { waiting: [], clockInDoubt: false, lane: undefined };

async function said(sight: object): Promise<[HealthCheck, string | undefined]> {
  const told = new Recorder();
  new PublishingReadiness(told.port('watch', { look: sight }), told.port('health')).onModuleInit();
  const [check] = told.of('health.add')[0] as [HealthCheck];
  return [check, await check.check()];
}

describe('readiness', () => {
  it('says why due work is not being picked up, and nothing while it is', async () => {
    const [check, nothing] = await said(WELL);
    expect([check.name, nothing]).toEqual(['publishing', undefined]);
    const waiting = [{ contractorId: 'agency', overdue: 2, oldestSeconds: 90, stuck: 0 }];
    expect((await said({ ...WELL, waiting, lane: 'queuePaused' }))[1]).toMatch(/^2 publications .* queuePaused: /);
  });
});
