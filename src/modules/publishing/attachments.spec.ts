import { describe, expect, it } from '@jest/globals';
import type { PostMedia } from '../content/post.js';
import { attachmentsOf, contentOf, plannedContent, type ReadiedAttachment, uploaded } from './attachments.js';

const file = (kind: PostMedia['kind'], sha256: string): PostMedia => ({
  ...{ mediaId: sha256, kind, type: 'image/jpeg', title: null, bytes: 1, sha256, storageKey: sha256 },
});
const poll = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'], anonymous: true, multiple: false };
const media = [file('photo', 'a'), file('video', 'v'), file('photo', 'b'), file('document', 'd')];
const variant = { text: 'День посёлка', link: 'https://elizovo.example/day' };
const named = (names: Readonly<Record<string, string>>): ReadiedAttachment[] =>
  attachmentsOf({ media }, { poll }).map((one) => {
    const id = names[one.sha256] ?? names[one.kind];
    return { ...one, ...(id !== undefined && { id }) };
  });
const NAMES = { a: 'photo1_1', v: 'video1_2', b: 'photo1_3', d: 'doc1_4', poll: 'poll1_5' };

describe('what a post carries', () => {
  it('is its files at their places, then its poll behind all places of files', () => {
    const carried = attachmentsOf({ media }, { poll });
    expect(carried.map(({ kind, position }) => [kind, position])).toEqual([
      ...[['photo', 0] as const, ['video', 1] as const, ['photo', 2] as const, ['document', 3] as const],
      ['poll', 10],
    ]);
    expect(carried.slice(0, 4).map(({ sha256 }) => sha256)).toEqual(['a', 'v', 'b', 'd']);
  });

  it('is its files alone without a poll', () => {
    expect(attachmentsOf({ media: [file('photo', 'a')] }, { poll: null }).map(({ kind }) => kind)).toEqual(['photo']);
  });

  it.each([
    ['the same bytes at the same place', { position: 0, mediaSha256: 'a' }, 'photo1_1'],
    ['other bytes at the same place', { position: 0, mediaSha256: 'b' }, undefined],
    ['the same bytes at another place', { position: 1, mediaSha256: 'a' }, undefined],
  ])('is uploaded when the network has %s', (_, upload, id) => {
    const [wanted] = attachmentsOf({ media }, { poll: null });
    expect(uploaded(wanted!, [{ ...upload, attachment: 'photo1_1' }]).id).toBe(id);
    expect(uploaded(wanted!, [])).toEqual(wanted);
  });
});

describe('what goes over the wire', () => {
  it('names each file by its kind, in the order of the post, and the poll', () => {
    expect(contentOf({ variant, attachments: named(NAMES) })).toEqual({
      ...{ text: variant.text, link: variant.link, photos: ['photo1_1', 'photo1_3'] },
      ...{ videos: ['video1_2'], documents: ['doc1_4'], poll: { ...poll, attachment: 'poll1_5' } },
    });
  });

  it('has no words for what is not there', () => {
    expect(contentOf({ variant: { text: 'Только текст', link: null }, attachments: [] })).toEqual({
      ...{ text: 'Только текст', photos: [] },
    });
  });

  it('writes a poll into the post where the network knows it by no name', () => {
    expect(contentOf({ variant, attachments: named({ ...NAMES, poll: '' }) })?.poll).toEqual(poll);
  });

  it('is nothing as long as one of them is not uploaded', () => {
    const { b: _, ...names } = NAMES;
    expect(contentOf({ variant, attachments: named(names) })).toBeUndefined();
  });

  it('can be planned before anything is uploaded', () => {
    const planned = plannedContent({ variant, attachments: named({}) });
    expect(planned).toMatchObject({ photos: ['a', 'b'], videos: ['v'], documents: ['d'] });
    expect(planned.poll?.attachment).toMatch(/^[0-9a-f]{64}$/);
  });
});
