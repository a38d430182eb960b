import { describe, expect, it } from '@jest/globals';
import type { NetworkLimits } from '../../networks/limits.js';
import type { Network, NetworkName } from '../../networks/network.js';
import { limitProblems } from './content-limits.js';
import type { PostMedia, Variant } from './post.js';

const LIMITS: NetworkLimits = {
  ...{ textLength: 20, photos: 2, photoBytes: 100, photoSideSum: 1, photoAspect: 1, photoTypes: [], links: 1, attachments: 3 },
  ...{ videos: 1, videoBytes: { least: 2_048, most: 4_096 }, videoTypes: [] },
  ...{ documents: 1, documentBytes: 100, documentTypes: [] },
  ...{ pollQuestionLength: 10, pollAnswers: { least: 2, most: 3 }, pollAnswerLength: 5 },
};
const networkOf = (name: NetworkName): Network =>
  ({
    ...{ name, title: name.toUpperCase(), countText: (text: string) => text.length },
    limits: name === 'vk' ? LIMITS : { ...LIMITS, documents: 0, attachments: 4 },
  }) as Network;

const variant = (changes: Partial<Variant> = {}): Variant => ({
  network: 'vk',
  text: 'Текст',
  link: null,
  poll: null,
  ...changes,
});
const poll = { question: 'Где?', answers: ['Тут', 'Там'], anonymous: true, multiple: false };
const photo: Pick<PostMedia, 'kind' | 'bytes' | 'type'> = { kind: 'photo', bytes: 10, type: 'image/jpeg' };
const video = { ...photo, kind: 'video', bytes: 2_048, type: 'video/mp4' } as const;
const document = { ...photo, kind: 'document', type: 'application/pdf' } as const;

describe('limits of a network, when a post is written', () => {
  it.each<[string, Variant, (typeof photo)[], string[]]>([
    ['a text that is too long', variant({ text: 'а'.repeat(21) }), [], ['variants.0.text']],
    ['nothing at all', variant({ text: ' ' }), [], ['variants.0.text']],
    ['too many photos', variant(), [photo, photo, photo], ['mediaIds']],
    ['a photo that is too heavy', variant(), [photo, { ...photo, bytes: 101 }], ['mediaIds.1']],
    ['a second video', variant(), [video, video], ['mediaIds']],
    ['a video that is too small', variant(), [{ ...video, bytes: 2_047 }], ['mediaIds.0']],
    ['a video that is too heavy', variant(), [photo, { ...video, bytes: 4_097 }], ['mediaIds.1']],
    ['a document that is too heavy', variant(), [{ ...document, bytes: 101 }], ['mediaIds.0']],
    ['a link too many', variant({ link: 'https://a.ru' }), [photo, photo, video], ['variants.0.link']],
    ['a poll too many', variant({ poll }), [photo, photo, video], ['variants.0.poll']],
    ['a file too many', variant(), [photo, photo, video, document], ['mediaIds']],
    ['a long question', variant({ poll: { ...poll, question: 'Где же её ставить?' } }), [], ['variants.0.poll.question']],
    ['one answer', variant({ poll: { ...poll, answers: ['Тут'] } }), [], ['variants.0.poll.answers']],
    ['a long answer', variant({ poll: { ...poll, answers: ['Тут', 'Не здесь'] } }), [], ['variants.0.poll.answers.1']],
  ])('name the field of %s', (_, written, media, fields) => {
    const problems = limitProblems([written], media, networkOf);
    expect(problems.map(({ field }) => field)).toEqual(fields);
    expect(problems.every(({ reason }) => reason.startsWith('VK: '))).toBe(true);
  });

  it.each<[string, Variant, (typeof photo)[]]>([
    ['as much as fits', variant({ poll }), [photo, video]],
    ['a poll alone', variant({ text: '', poll }), []],
    ['a file alone', variant({ text: '' }), [document]],
    ['a kind that the network has not: a person publishes it', variant({ network: 'ok' }), [document, photo, photo, video]],
  ])('say nothing of %s', (_, written, media) => {
    expect(limitProblems([written], media, networkOf)).toEqual([]);
  });
});
