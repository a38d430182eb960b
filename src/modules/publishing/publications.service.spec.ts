import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { PublicationsService } from './publications.service.js';
import { refusal, WHO } from './publishing.spec-support.js';

const PUBLICATION = { id: 'publication', postId: 'post', postVersion: 3, network: 'vk' };
const says = (network: string, text: string) => ({ network, text, link: 'a link', poll: 'a poll' });
const POST = { variants: [says('ok', 'Другое'), says('vk', 'День посёлка')], media: ['a photo'] };

function service(publications: object = {}): [PublicationsService, Recorder] {
  const told = new Recorder();
  const store = { find: PUBLICATION, attempts: ['an attempt'], looks: ['a look'], ofPost: [PUBLICATION], ...publications };
  const publicationsService = new PublicationsService(
    told.work,
    told.port('publications', store),
    told.port('checks', { list: ['a snapshot'] }),
    told.port('edits', { list: ['an edit'] }),
    told.port('posts', { requireVersion: POST }),
  );
  return [publicationsService, told];
}

describe('publications', () => {
  it('are listed page by page, by what was asked for', async () => {
    const rows = [{ id: 'c' }, { id: 'b' }, { id: 'a' }];
    const [publications, told] = service({ list: rows });
    const page = await publications.list(WHO, { clientId: 'client' }, { limit: 2 });
    expect(page).toEqual({ data: [{ id: 'c' }, { id: 'b' }], nextCursor: expect.any(String) });
    expect(told.names).toEqual(['begin reading', 'publications.list', 'commit']);
    const start = { limit: 2, beforeId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
    expect(told.of('publications.list')).toEqual([['agency', { clientId: 'client' }, start]]);
  });
});

describe('the story of a publication', () => {
  it('tells what it says on its network, in the version that stands there, and all that happened, of one instant', async () => {
    const [publications, told] = service();
    expect(await publications.story(WHO, 'publication')).toEqual({
      publication: PUBLICATION,
      content: { text: 'День посёлка', link: 'a link', poll: 'a poll', media: ['a photo'] },
      ...{ attempts: ['an attempt'], looks: ['a look'], edits: ['an edit'], snapshots: ['a snapshot'] },
    });
    expect(told.calls).toEqual([
      ['begin reading', 'agency'],
      ['publications.find', 'agency', 'publication'],
      ['posts.requireVersion', 'agency', 'post', 3],
      ['publications.attempts', 'agency', 'publication'],
      ['publications.looks', 'agency', 'publication'],
      ['edits.list', 'agency', 'publication'],
      ['checks.list', 'agency', 'publication'],
      ['commit'],
    ]);
  });

  it('is not told of what is not there', async () => {
    const [publications, told] = service({ find: null });
    expect((await refusal(() => publications.story(WHO, 'publication'))).code).toBe('publishing.publication-not-found');
    expect(told.names).toEqual(['begin reading', 'publications.find', 'rollback']);
  });
});

describe('the schedule of a post', () => {
  it('is its publications', async () => {
    const [publications, told] = service();
    expect(await publications.schedule(WHO, 'post')).toEqual([PUBLICATION]);
    expect(told.calls).toEqual([
      ['begin reading', 'agency'],
      ['posts.require', 'agency', 'post'],
      ['publications.ofPost', 'agency', 'post'],
      ['commit'],
    ]);
  });

  it('is refused as not there when it is planned nowhere', async () => {
    const [publications] = service({ ofPost: [] });
    expect((await refusal(() => publications.schedule(WHO, 'post'))).code).toBe('publishing.not-scheduled');
  });
});
