import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { type Agency, anAgency } from '../builders/agency.js';
import { aPhoto, postRequest, uploadPhotos } from '../builders/posts.js';
import { documentBytes, videoBytes } from '../contract/files.js';
import { Harness } from '../harness/harness.js';

describe('photos', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const upload = (bytes: Uint8Array, name: string) =>
    agency.editor.api.upload(`/v1/clients/${agency.client.id}/media`, bytes, name);

  it.each([
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
  ] as const)('in %s are taken by their content, whatever the name says', async (format, type) => {
    const { status, body } = await upload(await aPhoto(format), 'отчёт.exe');
    expect(status).toBe(201);
    expect(body).toMatchObject({ type, width: 640, height: 480, fileName: 'отчёт.exe', clientId: agency.client.id });
  });

  it('in WebP are taken too and can be published on both networks', async () => {
    const { status, body } = await upload(await aPhoto('webp'), 'площадь.webp');
    expect([status, ['image/jpeg', 'image/png'].includes(body.type)]).toEqual([201, true]);
  });

  it('are stored without the place where they were taken', async () => {
    const gps = { IFD3: { GPSLatitude: '53/1 11/1 0/1', GPSLongitude: '158/1 23/1 0/1' }, IFD0: { Artist: 'Иванов И. И.' } };
    const original = await sharp(await aPhoto())
      .withExif(gps)
      .jpeg()
      .toBuffer();
    expect((await sharp(original).metadata()).exif).toBeDefined();
    const { body } = await upload(original, 'с-координатами.jpg');
    const stored = await agency.editor.api.get(`/v1/media/${body.id}/file`);
    const bytes = stored.body as unknown as Buffer;
    expect(stored.headers['content-type']).toBe('image/jpeg');
    expect((await sharp(bytes).metadata()).exif).toBeUndefined();
    expect(bytes.includes(Buffer.from('GPS'))).toBe(false);
  });

  it.each([
    ['a text with a photo’s name', Buffer.from('это не фото'), 400],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 400],
    ['a GIF', Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'), 400],
    ['nothing', Buffer.alloc(0), 400],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]), 400],
    ['an archive', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 400],
    ['more than the limit', Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(21 * 1024 * 1024)]), 413],
  ])('that are %s are refused with the reason, and nothing is stored', async (_, bytes, expected) => {
    const before = await harness.sql('select 1 from media');
    const { status, body } = await upload(bytes, 'фото.jpg');
    expect([status, body.fields[0].field]).toEqual([expected, 'file']);
    expect(await harness.sql('select 1 from media')).toHaveLength(before.length);
  });

  it('are told from videos and documents, which are stored as they are, under names for the public', async () => {
    const [bytes, pages] = [videoBytes(600_000), documentBytes()];
    const video = await upload(bytes, 'День посёлка.avi');
    expect([video.status, video.body]).toMatchObject([
      201,
      { kind: 'video', type: 'video/mp4', title: 'День посёлка', bytes: 600_000, width: null, height: null },
    ]);
    const document = await upload(pages, 'Смета на ремонт.doc');
    expect(document.body).toMatchObject({ kind: 'document', type: 'application/pdf', title: 'Смета на ремонт.pdf' });
    const stored = await agency.editor.api.get(`/v1/media/${video.body.id}/file`);
    expect(Buffer.compare(stored.body as unknown as Buffer, bytes)).toBe(0);
    expect([stored.headers['content-type'], stored.headers['content-length']]).toEqual(['video/mp4', '600000']);
    const downloaded = await agency.editor.api.get(`/v1/media/${document.body.id}/file`);
    expect(downloaded.headers['content-disposition']).toMatch(/^attachment/);
    const sha256 = createHash('sha256').update(pages).digest('hex');
    expect(document.body).toMatchObject({ sha256, bytes: pages.length });
  });

  it('belong into the field "file" of a multipart request', async () => {
    const path = `/v1/clients/${agency.client.id}/media`;
    const json = await agency.editor.api.post(path, { file: 'x' });
    const field = await agency.editor.api.upload(path, await aPhoto(), 'x.jpg', 'photo');
    expect([json.status, json.body.fields[0].field, field.status]).toEqual([400, 'file', 400]);
  });

  it('of another client can’t be used in a post, and more than ten can’t either', async () => {
    const other = await anAgency(harness);
    const [foreign] = await uploadPhotos(other, 1);
    const answer = await agency.editor.api.post('/v1/posts', postRequest(agency, {}, [foreign!]));
    expect([answer.status, answer.body.code]).toEqual([400, 'content.media-unknown']);
    const eleven = Array.from({ length: 11 }, (_, i) => `019b76da-a800-7000-8000-0000000000${10 + i}`);
    expect((await agency.editor.api.post('/v1/posts', postRequest(agency, {}, eleven))).body.fields[0].field).toBe('mediaIds');
  });
});

describe('texts', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  it.each([
    ['vk', 15_000],
    ['ok', 10_000],
  ])('for %s are counted as it counts, and one too many is refused when written', async (network, most) => {
    const post = (length: number) => ({
      ...{ clientId: agency.client.id, title: 'Длинный', mediaIds: [] },
      variants: [{ network, text: 'я'.repeat(length) }],
    });
    expect((await agency.editor.api.post('/v1/posts', post(most))).status).toBe(201);
    const { status, body } = await agency.editor.api.post('/v1/posts', post(most + 1));
    expect([status, body.fields[0].field]).toEqual([400, 'variants.0.text']);
    expect(body.fields[0].reason).toContain(String(most));
  });

  it.each<[string, string, object]>([
    ['vk', 'variants.0.poll.answers', { question: 'Где?', answers: Array.from({ length: 11 }, (_, i) => `Место ${i}`) }],
    ['vk', 'variants.0.poll.answers', { question: 'Где?', answers: ['Здесь'] }],
    ['vk', 'variants.0.poll.answers', { question: 'Где?', answers: ['Здесь', 'Здесь'] }],
    ['ok', 'variants.0.poll.question', { question: 'Где? '.repeat(60), answers: ['Здесь', 'Там'] }],
    ['ok', 'variants.0.poll.answers.1', { question: 'Где?', answers: ['Здесь', 'Там'.repeat(50)] }],
    ['vk', 'variants.0.poll.question', { question: ' ', answers: ['Здесь', 'Там'] }],
  ])('may ask a poll that %s takes, and one that it would not is refused when written: %s', async (network, field, poll) => {
    const post = (asked: object) => ({
      ...{ clientId: agency.client.id, title: 'Опрос', mediaIds: [] },
      variants: [{ network, text: '', poll: asked }],
    });
    const { status, body } = await agency.editor.api.post('/v1/posts', post(poll));
    expect([status, body.fields[0].field]).toEqual([400, field]);
    const good = { question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'] };
    const written = await agency.editor.api.post('/v1/posts', post(good));
    expect(written.body.variants[0].poll).toEqual({ ...good, anonymous: true, multiple: false });
  });

  it('are kept letter by letter, but in one Unicode form', async () => {
    const text = '  Ёлка — это праздник 🎄\n\nСтрока с отступом\t«кавычки»  ';
    const answer = await agency.editor.api.post('/v1/posts', postRequest(agency, { text: text.normalize('NFD') }));
    expect(answer.body.variants.find(({ network }: { network: string }) => network === 'vk').text).toBe(text.normalize('NFC'));
  });

  it('need to say something, and a link must be one', async () => {
    const empty = await agency.editor.api.post('/v1/posts', postRequest(agency, { text: ' ' }));
    expect([empty.status, empty.body.fields[0].field]).toEqual([400, 'variants.0.text']);
    const link = await agency.editor.api.post('/v1/posts', postRequest(agency, { link: 'javascript:alert(1)' }));
    expect([link.status, link.body.fields[0].field]).toEqual([400, 'variants.0.link']);
  });
});
