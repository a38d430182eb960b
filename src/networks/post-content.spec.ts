import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { VideoType } from './media.js';
import type { NetworkLimits } from './limits.js';
import type { PostContent } from './network.js';
import { contentProblem, documentProblem, photoProblem, textLength, videoProblem } from './post-content.js';

const LIMITS: NetworkLimits = {
  textLength: 15_000,
  photos: 10,
  photoBytes: 10,
  photoSideSum: 14_000,
  photoAspect: 20,
  photoTypes: ['image/jpeg', 'image/png'],
  videos: 2,
  videoBytes: { least: 2, most: 20 },
  videoTypes: ['video/mp4'],
  documents: 1,
  documentBytes: 10,
  documentTypes: ['application/pdf'],
  links: 1,
  pollQuestionLength: 20,
  pollAnswers: { least: 2, most: 3 },
  pollAnswerLength: 5,
  attachments: 10,
};

const POLL = { question: 'Где ставить ёлку?', answers: ['Парк', 'Порт'], anonymous: true, multiple: false };

const content = (text: string, photos: string[] = [], link?: string) => ({
  text,
  photos,
  ...(link === undefined ? {} : { link }),
});

describe('counting a text', () => {
  it.each([
    ['', 0],
    ['Привет', 6],
    ['й', 1], // и + breve become one letter
    ['ё', 1],
    ['a\r\nb', 4],
    ['🙂', 2], // two code units: the stricter reading
    ['👨‍👩‍👧', 8],
    ['🇷🇺', 4],
  ])('%p counts %i', (text, length) => expect(textLength(text)).toBe(length));

  it('never counts fewer than the code points or characters that a network might count', () => {
    for (const text of ['ёлка 🎄', '𝔘', 'ÅÅ', 'हिन्दी'])
      expect(textLength(text)).toBeGreaterThanOrEqual([...text.normalize('NFC')].length);
  });
});

describe('a post that a network would refuse', () => {
  it.each([
    ['', [], undefined, 'empty-post'],
    [' \n', [], undefined, 'empty-post'],
    ['a'.repeat(15_001), [], undefined, 'text-too-long'],
    ['🙂'.repeat(7_501), [], undefined, 'text-too-long'],
    ['a', Array.from({ length: 11 }, () => 'photo1_1'), undefined, 'too-many-photos'],
    ['a', [], 'example.ru', 'bad-link'],
    ['a', [], 'https://a.ru b', 'bad-link'],
    ['a', [], 'javascript:alert(1)', 'bad-link'],
  ])('is found before it is sent', (text, photos, link, code) => {
    expect(contentProblem('ВКонтакте', LIMITS, content(text, photos, link))?.code).toBe(code);
  });

  it.each([content('a'), content('a'.repeat(15_000)), content('', ['photo1_1']), content('', [], 'https://пример.рф/a?b=1,2')])(
    'is not a post within the limits',
    (post) => expect(contentProblem('ВКонтакте', LIMITS, post)).toBeUndefined(),
  );

  it.each<[string, Partial<PostContent>]>([
    ['too-many-videos', { videos: ['video1_1', 'video1_2', 'video1_3'] }],
    ['too-many-documents', { documents: ['doc1_1', 'doc1_2'] }],
    [
      'too-many-attachments',
      { photos: Array.from({ length: 8 }, () => 'photo1_1'), videos: ['video1_1'], poll: POLL, link: 'https://a.ru' },
    ],
    ['poll-rejected', { poll: { ...POLL, question: ' ' } }],
    ['poll-rejected', { poll: { ...POLL, question: 'а'.repeat(21) } }],
    ['poll-rejected', { poll: { ...POLL, answers: ['Да'] } }],
    ['poll-rejected', { poll: { ...POLL, answers: ['1', '2', '3', '4'] } }],
    ['poll-rejected', { poll: { ...POLL, answers: ['Да', ''] } }],
    ['poll-rejected', { poll: { ...POLL, answers: ['Да', 'Скорее нет'] } }],
  ])('carries more than it may: %s', (code, changes) => {
    expect(contentProblem('ВКонтакте', LIMITS, { text: '', photos: [], ...changes })?.code).toBe(code);
  });

  it.each<Partial<PostContent>>([{ videos: ['video1_1'] }, { documents: ['doc1_1'] }, { poll: POLL }])(
    'needs no text beside what it carries',
    (changes) => expect(contentProblem('ВКонтакте', LIMITS, { text: '', photos: [], ...changes })).toBeUndefined(),
  );

  it('refuses a video and a document that are too small, too large or of another type', () => {
    const open = async () => Readable.from([]);
    const video = (size: number, type: VideoType = 'video/mp4') =>
      videoProblem('ВКонтакте', LIMITS, { size, type, open, title: 'Видео' })?.code;
    expect([video(1), video(21), video(5, 'video/webm'), video(2), video(20)]).toEqual([
      ...['video-rejected', 'video-rejected', 'video-rejected'],
      ...[undefined, undefined],
    ]);
    const document = (size: number, limits = LIMITS) =>
      documentProblem('ВКонтакте', limits, { size, type: 'application/pdf', open, title: 'Отчёт.pdf' })?.code;
    expect([document(0), document(11), document(5, { ...LIMITS, documents: 0 }), document(10)]).toEqual([
      ...['document-rejected', 'document-rejected', 'document-rejected'],
      undefined,
    ]);
  });

  it('refuses an empty, a too large and a WebP photo', () => {
    const problem = (bytes: number, type: 'image/jpeg' | 'image/webp') =>
      photoProblem('ВКонтакте', LIMITS, { bytes: new Uint8Array(bytes), type })?.code;
    expect([problem(0, 'image/jpeg'), problem(11, 'image/jpeg'), problem(5, 'image/webp'), problem(10, 'image/jpeg')]).toEqual([
      'photo-rejected',
      'photo-rejected',
      'photo-rejected',
      undefined,
    ]);
  });
});
