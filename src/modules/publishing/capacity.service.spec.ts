import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { CapacityService } from './capacity.service.js';
import { aReadied } from './publishing.spec-support.js';

const { publication } = aReadied();

async function settledIn(planned: number, most: number | null, twin?: string): Promise<[unknown, Recorder]> {
  const told = new Recorder();
  const lanes = told.port<never>('lanes', { postsPerDay: most, countBetween: planned, sameText: twin });
  const capacity = new CapacityService(lanes, told.port('networks', { get: () => ({ title: 'ВКонтакте' }) }));
  return [await capacity.settleIn({} as never, [publication]), told];
}

describe('what a page can take', () => {
  it.each([
    [500, 500, 0],
    [501, 500, 1],
    [501, null, 0],
  ])('with %i planned of %p a day: %i warnings', async (planned, most, warnings) => {
    const [told] = await settledIn(planned, most);
    expect(told).toHaveLength(warnings);
    if (warnings > 0)
      expect(told).toEqual([{ code: 'day-is-full', pageId: 'page', message: expect.stringMatching(/ВКонтакте .*01\.12\.2026/) }]);
  });

  it('is told when the page gets the same text twice, even where a day has no end', async () => {
    const [warnings, told] = await settledIn(1, null, '2026-01-12T09:00:00');
    expect(warnings).toEqual([{ code: 'same-text', pageId: 'page', message: expect.stringContaining('12.01.2026 в 09:00') }]);
    expect(told.of('lanes.sameText').map(([, ...of]) => of)).toEqual([['agency', 'publication']]);
  });

  it('is asked for the network’s day, and a parked page holds back what is planned', async () => {
    const [, told] = await settledIn(1, 500);
    const page = { contractorId: 'agency', pageId: 'page' };
    const day = [new Date('2026-11-30T21:00:00Z'), new Date('2026-12-01T21:00:00Z')];
    expect(told.of('lanes.countBetween').map(([, ...of]) => of)).toEqual([[page, ...day]]);
    expect(told.of('lanes.holdBack').map(([, ...of]) => of)).toEqual([[page]]);
    expect(told.of('lanes.postsPerDay').map(([, ...of]) => of)).toEqual([['vk']]);
  });
});
