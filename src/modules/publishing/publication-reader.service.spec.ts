import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import { PublicationReader, type Readied, ReaderParts } from './publication-reader.service.js';
import { aReadied, anAttachment } from './publishing.spec-support.js';

const { publication, page, variant } = aReadied({ publication: { postVersion: 3 } });
const photo = anAttachment('photo', 0);
const media = 'media' in photo ? [photo.media] : [];
const POST = { contentHash: 'hash', variants: [{ ...variant, network: 'ok' }, variant], media };

async function read(answers: { publication?: unknown; post?: object } = {}): Promise<[Readied | undefined, Recorder]> {
  const told = new Recorder();
  const parts = new ReaderParts(
    told.port('publications', { find: 'publication' in answers ? answers.publication : publication }),
    told.port('uploads', { list: [{ position: 0, mediaSha256: 'photo 0', attachment: 'photo1_1' }] }),
    told.port('posts', { requireVersion: { ...POST, ...answers.post } }),
    told.port('pages', { require: page }),
    told.port('connections', { credentialsOf: { userToken: 'secret' } }),
  );
  return [await new PublicationReader(told.work, parts).read('agency', 'publication'), told];
}

describe('reading a publication', () => {
  it('gives everything that sending it needs, of one instant', async () => {
    const [ready, told] = await read();
    const attachments = [{ ...photo, id: 'photo1_1' }];
    expect(ready).toEqual({ publication, page, variant, attachments, credentials: { userToken: 'secret' } });
    expect(told.names.filter((name) => String(name).startsWith('begin'))).toEqual(['begin reading']);
    expect(told.of('publications.find')).toEqual([['agency', 'publication']]);
    expect(told.of('posts.requireVersion')).toEqual([['agency', 'post', 3]]);
    expect([told.of('pages.require'), told.of('connections.credentialsOf')]).toEqual([
      [['agency', 'page']],
      [['agency', 'page']],
    ]);
    expect(told.of('uploads.list')).toEqual([[{ contractorId: 'agency', publicationId: 'publication' }]]);
  });

  it.each<[string, Parameters<typeof read>[0]]>([
    ['there is no such publication', { publication: null }],
    ['the post says nothing for its network', { post: { variants: [{ ...variant, network: 'ok' }] } }],
    ['the content is not what was scheduled', { post: { contentHash: 'another' } }],
  ])('gives nothing when %s', async (_, answers) => {
    const [ready, told] = await read(answers);
    expect(ready).toBeUndefined();
    expect(told.of('connections.credentialsOf')).toEqual([]);
  });
});
