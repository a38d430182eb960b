import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { OutsidePostsService } from './outside-posts.service.js';
import { refusal, WHO } from './publishing.spec-support.js';

const BEFORE = { id: 'outside', clientId: 'client', origin: 'unknown' };
const AFTER = { ...BEFORE, origin: 'client' };

function service(answers: object = {}): [OutsidePostsService, Recorder] {
  const told = new Recorder();
  const found: unknown[] = [BEFORE, AFTER];
  const posts = { find: () => found.shift(), setOrigin: true, ...answers };
  return [new OutsidePostsService(told.work, told.port('posts', posts), told.port('records')), told];
}

describe('posts that we did not publish', () => {
  it('are listed page by page, by what was asked for', async () => {
    const [outside, told] = service({ list: [{ id: 'c' }, { id: 'b' }] });
    const page = await outside.list(WHO, { pageId: 'page' }, { limit: 1 });
    expect(page).toEqual({ data: [{ id: 'c' }], nextCursor: expect.any(String) });
    expect(told.names).toEqual(['begin reading', 'posts.list', 'commit']);
    const start = { limit: 1, beforeId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
    expect(told.of('posts.list')).toEqual([['agency', { pageId: 'page' }, start]]);
  });

  it('are said to be somebody’s, and it is told what was said before', async () => {
    const [outside, told] = service();
    expect(await outside.setOrigin(WHO, 'outside', 'client', 4)).toBe(AFTER);
    expect(told.calls).toEqual([
      ['begin', 'agency'],
      ['posts.find', 'agency', 'outside'],
      ['posts.setOrigin', { contractorId: 'agency', id: 'outside' }, 'client', 4],
      ['records.attributed', WHO, BEFORE, { from: 'unknown', to: 'client' }],
      ['posts.find', 'agency', 'outside'],
      ['commit'],
    ]);
  });

  it.each([
    ['it is not there', { find: undefined }, 'publishing.outside-post-not-found', 'posts.find'],
    ['somebody said otherwise meanwhile', { setOrigin: false }, 'http.version-stale', 'posts.setOrigin'],
  ])('are nobody’s when %s', async (_, answers, code, last) => {
    const [outside, told] = service(answers);
    expect((await refusal(() => outside.setOrigin(WHO, 'outside', 'client'))).code).toBe(code);
    expect(told.names.slice(-2)).toEqual([last, 'rollback']);
  });
});
