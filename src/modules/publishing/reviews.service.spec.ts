import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { NOW, refusal, STILL, WHO } from './publishing.spec-support.js';
import { ReviewParts, type ReviewRequest, ReviewsService } from './reviews.service.js';

const held = (id: string, inDoubt = false) => ({ id, clientId: `client of ${id}`, inDoubt });
const RELEASE: ReviewRequest = { publicationIds: ['a', 'b'], decision: 'release', publishAtLocal: null };

function service(rows = [held('a'), held('b')]): [ReviewsService, Recorder] {
  const told = new Recorder();
  const timeZone = (_: string, client: string) => ({ timeZone: client === 'client of a' ? 'Europe/Moscow' : 'Asia/Kamchatka' });
  const parts = new ReviewParts(
    told.port('held', { lockHeld: rows }),
    told.port('decisions'),
    told.port('records', { require: (_: string, id: string) => `now ${id}` }),
    told.port('clients', { require: timeZone }),
  );
  return [new ReviewsService(told.work, parts, STILL), told];
}

describe('a review', () => {
  it('releases all at once, each by its client’s wall', async () => {
    const [reviews, told] = service();
    expect(await reviews.review(WHO, RELEASE)).toEqual(['now a', 'now b']);
    expect(told.of('held.lockHeld')).toEqual([['agency', ['a', 'b']]]);
    expect(told.of('held.release')).toEqual([
      [
        { contractorId: 'agency', id: 'a' },
        { dueAt: NOW, plannedLocal: '2026-12-01T12:00:00' },
      ],
      [
        { contractorId: 'agency', id: 'b' },
        { dueAt: NOW, plannedLocal: '2026-12-01T21:00:00' },
      ],
    ]);
    expect(told.of('records.moved')).toEqual([
      [WHO, { id: 'a', clientId: 'client of a', state: 'scheduled' }, { review: true, dueAt: NOW }],
      [WHO, { id: 'b', clientId: 'client of b', state: 'scheduled' }, { review: true, dueAt: NOW }],
    ]);
    expect(told.names.filter((name) => name === 'begin')).toHaveLength(1);
  });

  it('takes a wall time of each client', async () => {
    const [reviews, told] = service();
    await reviews.review(WHO, { ...RELEASE, publishAtLocal: '2026-12-02T09:00' });
    expect(told.of('held.release').map(([, when]) => when)).toEqual([
      { dueAt: new Date('2026-12-02T06:00:00Z'), plannedLocal: '2026-12-02T09:00:00' },
      { dueAt: new Date('2026-12-01T21:00:00Z'), plannedLocal: '2026-12-02T09:00:00' },
    ]);
  });

  it('gives all up', async () => {
    const [reviews, told] = service();
    await reviews.review(WHO, { ...RELEASE, decision: 'giveUp' });
    const reason = { code: 'given-up', message: 'Решено не публиковать' };
    expect(told.of('decisions.giveUp')).toEqual(['a', 'b'].map((id) => [{ contractorId: 'agency', id }, 'held', reason]));
    expect(told.of('records.moved').map(([, what, details]) => [(what as { state: string }).state, details])).toEqual(
      ['a', 'b'].map(() => ['abandoned', { review: true }]),
    );
    expect(told.of('held.release')).toEqual([]);
  });

  it('is refused, naming what is not held and what may stand on the page', async () => {
    const [reviews, told] = service([held('a', true), held('c')]);
    const error = await refusal(() => reviews.review(WHO, { ...RELEASE, publicationIds: ['a', 'b', 'c'] }));
    expect([error.code, error.details['fields']]).toEqual([
      'publishing.decision-refused',
      [
        { field: 'publicationIds.0', reason: expect.stringMatching(/may stand on the page/) },
        { field: 'publicationIds.1', reason: 'There is no held publication with this id' },
      ],
    ]);
    expect([told.of('held.release'), told.names.at(-1)]).toEqual([[], 'rollback']);
  });

  it.each([
    ['2026-12-01T11:58:59', false],
    ['2026-12-01T11:59:00', true],
  ])('for %s in Moscow, a minute ago at most, is taken: %s', async (publishAtLocal, taken) => {
    const [reviews, told] = service([held('a')]);
    const review = () => reviews.review(WHO, { ...RELEASE, publicationIds: ['a'], publishAtLocal });
    if (taken) await review();
    else
      expect((await refusal(review)).details['fields']).toEqual([
        { field: 'publishAtLocal', reason: 'This time is in the past in Europe/Moscow' },
      ]);
    expect(told.of('held.release')).toHaveLength(taken ? 1 : 0);
  });
});
