import { describe, expect, it } from '@jest/globals';
import { Recorder } from '../../../test/ports/recorder.js';
import type { EditRow } from './edit.store.js';
import { EditReader, type ReadiedEdit } from './edit-reader.service.js';
import { ReaderParts } from './publication-reader.service.js';
import { anAttachment, aReadied } from './publishing.spec-support.js';

const { publication, page, variant } = aReadied();
const EDIT = { contractorId: 'agency', id: 'edit', publicationId: 'publication', postVersion: 4, contentHash: 'new hash' };
const [photo, video] = [anAttachment('photo', 0), anAttachment('video', 1)];
const media = [photo, video].flatMap((one) => ('media' in one ? [one.media] : []));
const POST = { contentHash: 'new hash', variants: [{ ...variant, network: 'ok', text: 'Другое' }, variant], media };
const upload = (position: number, mediaSha256: string, attachment: string) => ({ position, mediaSha256, attachment });

interface Situation {
  readonly edit?: Partial<EditRow> | undefined;
  readonly publication?: unknown;
  readonly post?: object;
  readonly uploads?: { own?: object[]; earlier?: object[] };
  readonly keepsUploads?: readonly string[];
}

async function read(situation: Situation = {}): Promise<[ReadiedEdit | undefined, Recorder]> {
  const told = new Recorder();
  const parts = new ReaderParts(
    told.port('publications', { find: 'publication' in situation ? situation.publication : publication }),
    told.port('publication uploads'),
    told.port('posts', { requireVersion: { ...POST, ...situation.post } }),
    told.port('pages', { require: page }),
    told.port('connections', { credentialsOf: { userToken: 'secret' } }),
  );
  const edits = told.port<never>('edits', {
    find: 'edit' in situation ? situation.edit : EDIT,
    uploads: { own: [], earlier: [], ...situation.uploads },
  });
  const networks = told.port<never>('networks', { get: { keepsUploads: situation.keepsUploads ?? [] } });
  return [await new EditReader(told.work, edits, parts, networks).read('agency', 'edit'), told];
}

describe('reading an edit', () => {
  it('gives the publication as it is to be, of one instant', async () => {
    const [found, told] = await read();
    const ready = { publication, page, variant, attachments: [photo, video], credentials: { userToken: 'secret' } };
    expect(found).toEqual({ edit: EDIT, ready });
    expect(told.names).toEqual([
      ...['begin reading', 'edits.find', 'publications.find', 'posts.requireVersion', 'pages.require', 'edits.uploads'],
      ...['networks.get', 'connections.credentialsOf', 'commit'],
    ]);
    expect(told.calls[0]).toEqual(['begin reading', 'agency']);
    expect(told.of('edits.find')).toEqual([[{ contractorId: 'agency', id: 'edit' }]]);
    expect(told.of('publications.find')).toEqual([['agency', 'publication']]);
    // The version that was asked for, not the one that stands there.
    expect(told.of('posts.requireVersion')).toEqual([['agency', 'post', 4]]);
    expect(told.of('edits.uploads')).toEqual([[EDIT]]);
    expect(told.of('networks.get')).toEqual([['vk']]);
    const ofPage = [told.of('pages.require'), told.of('connections.credentialsOf')];
    expect(ofPage).toEqual([[['agency', 'page']], [['agency', 'page']]]);
  });

  it.each<[string, Situation, string]>([
    ['there is no such edit', { edit: undefined }, 'edits.find'],
    ['its publication is gone', { publication: null }, 'publications.find'],
    ['the post says nothing for its network', { post: { variants: [POST.variants[0]] } }, 'posts.requireVersion'],
    ['the content is not what was asked for', { post: { contentHash: 'another' } }, 'posts.requireVersion'],
  ])('gives nothing when %s, and opens no secrets', async (_, situation, last) => {
    const [found, told] = await read(situation);
    expect([found, told.names.slice(-2)]).toEqual([undefined, [last, 'commit']]);
  });
});

describe('what a post carries', () => {
  const idsOf = async (situation: Situation) => (await read(situation))[0]!.ready.attachments.map(({ id }) => id);
  const keepsUploads = ['photo'];

  it('keeps the id that it has, wherever it stood, where the network lets it', async () => {
    const earlier = [upload(5, 'video 1', 'v'), upload(3, 'photo 0', 'p')];
    expect(await idsOf({ keepsUploads, uploads: { earlier } })).toEqual(['p', undefined]);
    expect(await idsOf({ keepsUploads: ['photo', 'video'], uploads: { earlier } })).toEqual(['p', 'v']);
  });

  it('goes by what this edit itself has uploaded before what stood there earlier', async () => {
    const uploads = { own: [upload(0, 'photo 0', 'new')], earlier: [upload(0, 'photo 0', 'old')] };
    expect(await idsOf({ keepsUploads, uploads })).toEqual(['new', undefined]);
  });

  it('is uploaded anew where the network does not, but once for each place', async () => {
    const earlier = [upload(0, 'photo 0', 'p'), upload(1, 'video 1', 'v')];
    expect(await idsOf({ uploads: { earlier } })).toEqual([undefined, undefined]);
    expect(await idsOf({ uploads: { own: [upload(0, 'photo 0', 'p'), upload(0, 'video 1', 'v')] } })).toEqual(['p', undefined]);
  });
});
