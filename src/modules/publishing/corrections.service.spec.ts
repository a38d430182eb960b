import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { CorrectionsService } from './corrections.service.js';
import { PUBLICATION_STATES, type PublicationState } from './publication.js';
import { refusal, WHO } from './publishing.spec-support.js';

function service(states: readonly PublicationState[], editOnItsWay = false): [CorrectionsService, Recorder] {
  const told = new Recorder();
  const posts = told.port<never>('posts', { reopen: 'the post, open' });
  const publications = told.port<never>('publications', { ofPost: states.map((state) => ({ state })) });
  const edits = told.port<never>('edits', { isOnItsWay: editOnItsWay });
  return [new CorrectionsService(told.work, posts, publications, edits), told];
}

const ON_ITS_WAY: readonly PublicationState[] = ['claimed', 'sending', 'unclear'];

describe('a post that was sent', () => {
  it('is opened, its row first, so that nothing can be on its way unseen', async () => {
    const [corrections, told] = service(['published', 'refused']);
    expect(await corrections.open(WHO, 'post', 7)).toBe('the post, open');
    expect(told.calls).toEqual([
      ['begin', 'agency'],
      ['posts.reopen', WHO, 'post', 7],
      ['publications.ofPost', 'agency', 'post'],
      ['edits.isOnItsWay', 'agency', 'post'],
      ['commit'],
    ]);
  });

  it.each(PUBLICATION_STATES.filter((state) => !ON_ITS_WAY.includes(state)))('is opened when it is %s', async (state) => {
    expect((await service([state])[0].open(WHO, 'post')) as unknown).toBe('the post, open');
  });

  it.each(ON_ITS_WAY)('stays as it was approved while it is %s on one page', async (state) => {
    const [corrections, told] = service(['published', state]);
    expect((await refusal(() => corrections.open(WHO, 'post'))).code).toBe('publishing.being-sent');
    expect(told.names.at(-1)).toBe('rollback');
  });

  it('stays as it was approved while an edit of it is on its way', async () => {
    const [corrections, told] = service(['published'], true);
    expect((await refusal(() => corrections.open(WHO, 'post'))).code).toBe('publishing.being-sent');
    expect(told.names.at(-1)).toBe('rollback');
  });
});
