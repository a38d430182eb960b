import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { ObjectNotFound } from '../../platform/storage/storage.errors.js';
import type { ReadiedAttachment } from './attachments.js';
import { Uploader, UPLOADING } from './uploader.service.js';
import { aReadied, anAttachment } from './publishing.spec-support.js';

const BYTES = new Uint8Array([1, 2, 3]);
const CREDENTIALS = { userToken: 'secret' };
const PAGE = { externalId: '300' };
const poll = { question: 'Где?', answers: ['Там', 'Тут'], anonymous: true, multiple: false };
const POLL: ReadiedAttachment = { kind: 'poll', poll, position: 10, sha256: 'p' };
const refused = { kind: 'refused', reason: { code: 'bad', message: 'Нет' } } as const;

function uploader(answers: { network?: object; storage?: object } = {}): [Uploader, Recorder] {
  const told = new Recorder();
  const done = { kind: 'done', value: 'its id' };
  const network = told.port<object>('network', {
    ...{ uploadPhoto: done, uploadVideo: done, uploadDocument: done, ...answers.network },
  });
  const storage = told.port<never>('storage', { get: BYTES, exists: true, stream: { bytes: 'the stream' }, ...answers.storage });
  return [new Uploader(told.port('networks', { get: () => network }), storage), told];
}

describe('an upload', () => {
  it('of a photo takes its bytes from its contractor’s storage', async () => {
    const [service, told] = uploader();
    expect(await service.upload(aReadied(), CREDENTIALS, anAttachment('photo', 0))).toEqual({ kind: 'done', value: 'its id' });
    expect(told.calls).toEqual([
      ...[
        ['networks.get', 'vk'],
        ['storage.get', 'agency', 'key 0'],
      ],
      ['network.uploadPhoto', PAGE, CREDENTIALS, { bytes: BYTES, type: 'type of photo' }],
    ]);
  });

  it.each([
    ['video', 'uploadVideo'],
    ['document', 'uploadDocument'],
  ] as const)('of a %s opens it as a stream, under its public name', async (kind, method) => {
    const [service, told] = uploader();
    expect(await service.upload(aReadied(), CREDENTIALS, anAttachment(kind, 2))).toEqual({ kind: 'done', value: 'its id' });
    const file = { size: 4_096, open: expect.any(Function), title: 'Файл 2', type: `type of ${kind}` };
    expect(told.of(`network.${method}`)).toEqual([[PAGE, CREDENTIALS, file]]);
    expect(told.of('storage.stream')).toEqual([]);
    const [, , sent] = told.of(`network.${method}`)[0] as [unknown, unknown, { open: () => Promise<unknown> }];
    expect(await sent.open()).toBe('the stream');
    expect([told.of('storage.exists'), told.of('storage.stream')]).toEqual([[['agency', 'key 2']], [['agency', 'key 2']]]);
  });

  it('has a name also where nobody gave one', async () => {
    const [service, told] = uploader();
    const file = anAttachment('video', 2) as { media: object } & ReadiedAttachment;
    await service.upload(aReadied(), CREDENTIALS, { ...file, media: { ...file.media, title: null } } as ReadiedAttachment);
    expect(told.of('network.uploadVideo')[0]![2]).toMatchObject({ title: 'media 2' });
  });

  it('is not begun when our own file is gone', async () => {
    const [service, told] = uploader({ storage: { exists: false } });
    await expect(service.upload(aReadied(), CREDENTIALS, anAttachment('video', 0))).rejects.toThrow(ObjectNotFound);
    expect(told.of('network.uploadVideo')).toEqual([]);
  });

  it.each([
    ['poll1_5', { ...poll, attachment: 'poll1_5' }],
    ['', poll],
  ])('of a poll gives its name at the network, %j', async (value, made) => {
    const [service, told] = uploader({ network: { preparePoll: { kind: 'done', value: made } } });
    expect(await service.upload(aReadied(), CREDENTIALS, POLL)).toEqual({ kind: 'done', value });
    expect(told.of('network.preparePoll')).toEqual([[PAGE, CREDENTIALS, poll]]);
  });

  it('that is refused says so', async () => {
    const [service] = uploader({ network: { preparePoll: refused, uploadPhoto: refused } });
    expect(await service.upload(aReadied(), CREDENTIALS, POLL)).toEqual(refused);
    expect(await service.upload(aReadied(), CREDENTIALS, anAttachment('photo', 0))).toEqual(refused);
  });

  it('costs what the network takes for its kind', () => {
    const calls = { photo: 'uploadPhoto', video: 'uploadVideo', document: 'uploadDocument', poll: 'preparePoll' };
    expect(UPLOADING).toEqual(calls);
  });
});
