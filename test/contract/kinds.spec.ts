import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Poll } from '../../src/networks/media.js';
import type { CallOutcome, Credentials, PostContent } from '../../src/networks/network.js';
import { aRequest, ContractWorld, TEXT, without } from './contract-world.js';
import { aDocument, aVideo, documentBytes, POLL, videoBytes } from './files.js';
import { aPicture } from './pictures.js';
import { BOTH, type Side } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

const video = (side: Side, credentials: Credentials = side.credentials, bytes = videoBytes()) =>
  side.network.uploadVideo(side.page, credentials, aVideo(bytes));
const document = (side: Side, credentials: Credentials = side.credentials, bytes = documentBytes()) =>
  side.network.uploadDocument(side.page, credentials, aDocument(bytes));
const poll = (side: Side, asked: Poll = POLL, credentials: Credentials = side.credentials) =>
  side.network.preparePoll(side.page, credentials, asked);

async function done<T>(outcome: Promise<CallOutcome<T>>): Promise<T> {
  const told = await outcome;
  if (told.kind !== 'done') throw new Error(JSON.stringify(told));
  return told.value;
}

async function published(
  side: Side,
  content: Partial<PostContent>,
  credentials: Credentials = side.credentials,
): Promise<string> {
  const request = aRequest(side, { credentials, content: { text: TEXT, photos: [], ...content } });
  const outcome = await side.network.publish(request);
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.externalId;
}

describe.each(BOTH)('a video on $name', ({ name }) => {
  it('goes from the upload to the wall, and nothing stands there before its post', async () => {
    const side = world.side(name);
    const id = await done(video(side));
    expect(side.posts()).toEqual([]);
    await published(side, { videos: [id] });
    expect(side.posts()).toMatchObject([{ text: TEXT, byPage: true, videos: 1, photos: [], links: [] }]);
  });

  it('stands beside photos, a link and a poll, and needs no text', async () => {
    const side = world.side(name);
    const photo = await done(side.network.uploadPhoto(side.page, side.credentials, await aPicture('image/jpeg')));
    const carried = { photos: [photo], videos: [await done(video(side))], poll: await done(poll(side)) };
    await published(side, { text: '', link: 'https://zarechny.example/', ...carried });
    expect(side.posts()).toMatchObject([{ videos: 1, polls: 1, photos: [expect.anything()], links: [expect.anything()] }]);
  });

  it('is seen by a look and by a read, so a post without it is another one', async () => {
    const side = world.side(name);
    const id = await done(video(side));
    const externalId = await published(side, { videos: [id] });
    const window = { from: world.clock.now(), to: world.clock.now() };
    const look = async (content: PostContent) => done(side.network.find({ ...aRequest(side), ...window, content }));
    expect((await look({ text: TEXT, photos: [], videos: ['any'] })).matches).toMatchObject([{ externalId, videoCount: 1 }]);
    for (const videos of [[], ['one', 'two']]) expect((await look({ text: TEXT, photos: [], videos })).matches).toEqual([]);
    const read = await done(side.network.readPost(side.page, side.credentials, externalId));
    expect(read).toMatchObject({ videoCount: 1, photoCount: 0, documentCount: 0, hasPoll: false });
  });

  it('that the network would not take is refused before anything is sent', async () => {
    const side = world.side(name);
    const { least, most } = side.network.limits.videoBytes;
    for (const size of [least - 1, most + 1]) {
      const outcome = await side.network.uploadVideo(side.page, side.credentials, { ...aVideo(), size });
      expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'video-rejected' } });
    }
    expect(world.received).toBe(0);
  });

  it.each<[string, (side: Side, step: string) => void]>([
    ['is lost', (side, step) => side.next(step).acceptsThenDrops()],
    ['is an error of the server', (side, step) => side.next(step).acceptsThenFails(502)],
    ['is a page', (side, step) => side.next(step).answersHtml()],
  ])('may be uploaded again when the answer of any step %s', async (_, play) => {
    const side = world.side(name);
    const steps = name === 'vk' ? ['video.save', 'upload.video'] : ['video.getUploadUrl', 'upload.video', 'video.update'];
    for (const step of steps) {
      play(side, step);
      expect((await video(side)).kind).toBe('retryLater');
      expect((await video(side)).kind).toBe('done');
    }
    expect(side.posts()).toEqual([]);
  });

  it('carries no secret to the upload server', async () => {
    const side = world.side(name);
    await done(video(side));
    const uploadPort = Number(new URL(`http://${world.sandbox.uploadHosts[0]}`).port);
    const [arrival] = world.arrivals.filter(({ port }) => port === uploadPort);
    for (const secret of Object.values(side.credentials)) expect(`${arrival?.url}${arrival?.headers}`).not.toContain(secret);
  });

  it('that is lost on the way leaves the page as it was, and the upload may be repeated', async () => {
    const side = world.side(name);
    const broken = { ...aVideo(), size: 30_000 };
    expect((await side.network.uploadVideo(side.page, side.credentials, broken)).kind).toBe('retryLater');
    expect(side.posts()).toEqual([]);
  });
});

describe.each(BOTH)('a poll on $name', ({ name }) => {
  it.each([
    [true, false],
    [false, false],
  ])('stands in its post: anonymous %s, several answers %s', async (anonymous, multiple) => {
    const side = world.side(name);
    const prepared = await done(poll(side, { ...POLL, anonymous, multiple }));
    expect(side.posts()).toEqual([]);
    const externalId = await published(side, { poll: prepared });
    expect(side.posts()).toMatchObject([{ text: TEXT, polls: 1 }]);
    const read = await done(side.network.readPost(side.page, side.credentials, externalId));
    expect(read?.hasPoll).toBe(true);
  });

  it('is looked for with its post: the same text without it is another one', async () => {
    const side = world.side(name);
    await published(side, { poll: await done(poll(side)) });
    const window = { from: world.clock.now(), to: world.clock.now() };
    const look = async (content: PostContent) => done(side.network.find({ ...aRequest(side), ...window, content }));
    expect((await look({ text: TEXT, photos: [], poll: POLL })).matches).toHaveLength(1);
    expect((await look({ text: TEXT, photos: [] })).matches).toHaveLength(0);
  });

  it('with one answer, too many of them or none is refused before anything is sent', async () => {
    const side = world.side(name);
    for (const answers of [['Да'], Array.from({ length: 11 }, (_, i) => `${i}`), ['Да', ' ']])
      expect(await poll(side, { ...POLL, answers })).toMatchObject({ kind: 'refused', reason: { code: 'poll-rejected' } });
    expect(world.received).toBe(0);
  });
});

describe('on VK', () => {
  const vk = (): Side => world.side('vk');

  it('a document takes three steps with the community’s token, and its post as well', async () => {
    const credentials = without(vk().credentials, 'userToken');
    await published(vk(), { documents: [await done(document(vk(), credentials))] }, credentials);
    expect(vk().posts()).toMatchObject([{ documents: 1 }]);
    expect(world.sandbox.ledger.entries.map(({ method, tokenLabel }) => [method, tokenLabel])).toEqual([
      ['docs.getWallUploadServer', 'vk-community'],
      ['upload.doc', null],
      ['docs.save', 'vk-community'],
      ['wall.post', 'vk-community'],
    ]);
  });

  it('a document is seen by a look and by a read', async () => {
    const externalId = await published(vk(), { documents: [await done(document(vk()))] });
    const read = await done(vk().network.readPost(vk().page, vk().credentials, externalId));
    expect(read).toMatchObject({ documentCount: 1, photoCount: 0, videoCount: 0, hasPoll: false });
  });

  it('a document that is a program is refused with the reason', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);
    expect(await document(vk(), vk().credentials, program)).toMatchObject({
      kind: 'refused',
      reason: { code: expect.any(String) },
    });
    expect(vk().posts()).toEqual([]);
  });

  it.each(['docs.getWallUploadServer', 'upload.doc', 'docs.save'])(
    'a document may be uploaded again when %s fails',
    async (step) => {
      vk().next(step).acceptsThenFails(502);
      expect((await document(vk())).kind).toBe('retryLater');
      expect((await document(vk())).kind).toBe('done');
    },
  );

  it('a video and a poll need the user token, and so does their post; nothing is sent without', async () => {
    const credentials = without(vk().credentials, 'userToken');
    expect(await video(vk(), credentials)).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
    expect(await poll(vk(), POLL, credentials)).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
    expect(world.received).toBe(0);
  });

  it('a poll with several answers is possible', async () => {
    await published(vk(), { poll: await done(poll(vk(), { ...POLL, multiple: true })) });
    expect(vk().posts()).toMatchObject([{ polls: 1 }]);
  });

  it.each<[number, string]>([
    [250, 'refused'],
    [6, 'retryLater'],
    [5, 'credentialLost'],
    [14, 'needsPerson'],
  ])('a poll that VK answers with %i comes back as %s', async (code, kind) => {
    vk().next('polls.create').rejects(code);
    expect((await poll(vk())).kind).toBe(kind);
  });

  it('ten attachments of all kinds fit into a post, eleven don’t', async () => {
    const documents = [await done(document(vk())), await done(document(vk(), vk().credentials, documentBytes('Отчёт')))];
    const videos = [await done(video(vk()))];
    const photo = await aPicture('image/jpeg');
    const photos: string[] = [];
    for (let i = 0; i < 6; i += 1) photos.push(await done(vk().network.uploadPhoto(vk().page, vk().credentials, photo)));
    const all = { photos, videos, documents, poll: await done(poll(vk())) };
    const tooMany = aRequest(vk(), { content: { text: TEXT, ...all, link: 'https://zarechny.example/' } });
    expect(await vk().network.publish(tooMany)).toMatchObject({ kind: 'refused', reason: { code: 'too-many-attachments' } });
    await published(vk(), all);
    expect(vk().posts()).toMatchObject([{ videos: 1, documents: 2, polls: 1 }]);
  });
});

describe('on OK', () => {
  const ok = (): Side => world.side('ok');

  it('a video takes its steps and is named', async () => {
    await done(video(ok()));
    expect(world.sandbox.ledger.entries.map(({ method }) => method)).toEqual([
      ...['video.getUploadUrl', 'upload.video', 'video.update'],
    ]);
  });

  it('a video without VIDEO_CONTENT costs the connection its right', async () => {
    const { token } = world.sandbox.ok.issueToken({ permissions: ['VALUABLE_ACCESS', 'GROUP_CONTENT'] });
    expect(await video(ok(), { ...ok().credentials, accessToken: token })).toMatchObject({
      kind: 'credentialLost',
      reason: { code: 'right-missing' },
    });
  });

  it('documents are never sent', async () => {
    expect(await document(ok())).toMatchObject({ kind: 'refused', reason: { code: 'capability-missing' } });
    const outcome = await ok().network.publish(aRequest(ok(), { content: { text: TEXT, photos: [], documents: ['doc-1_1'] } }));
    expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'too-many-documents' } });
    expect(world.received).toBe(0);
  });

  it.each([602, 603, 604])('a poll that OK refuses with %i is refused with its reason', async (code) => {
    ok().next('mediatopic.post').rejects(code);
    const outcome = await ok().network.publish(aRequest(ok(), { content: { text: TEXT, photos: [], poll: POLL } }));
    expect(outcome).toMatchObject({ kind: 'refused', reason: { code: 'poll-rejected', networkCode: String(code) } });
  });

  it('a poll with several answers is possible', async () => {
    await published(ok(), { poll: { ...POLL, multiple: true } });
    expect(ok().posts()).toMatchObject([{ polls: 1 }]);
  });
});
