import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../sandbox.js';
import { callVk, png, postedAttachments, upload, vk } from '../spec-support.js';
import { startSandbox } from '../start-sandbox.js';

interface SavedDocument {
  type: string;
  doc: { id: number; owner_id: number; title: string; ext: string; size: number; url: string };
}

describe('VK documents', () => {
  let sandbox: Sandbox;
  let groupId: number;
  let community: string;
  let editor: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ vk: { perSecond: { user: 1000, service: 1000, community: 1000 } } });
    groupId = sandbox.credentials.vk.groupId;
    community = sandbox.credentials.vk.communityToken;
    editor = sandbox.credentials.vk.userToken;
  });
  afterAll(() => sandbox.stop());

  const send = async (content: Buffer | string, name: string, token = community): Promise<Record<string, unknown>> => {
    const server = await vk<{ upload_url: string }>(sandbox, 'docs.getWallUploadServer', token, { group_id: groupId });
    return upload(server.upload_url, 'file', Buffer.from(content), name);
  };
  const save = (file: unknown, token = community, title = 'Приказ'): Promise<SavedDocument> =>
    vk<SavedDocument>(sandbox, 'docs.save', token, { file: String(file), title });

  it('come to the wall in four steps, with the token of a community as well as of a person', async () => {
    for (const token of [community, editor]) {
      const { type, doc } = await save((await send('%PDF-1.7', 'Приказ № 1.PDF', token)).file, token);
      expect(type).toBe('doc');
      expect(doc).toMatchObject({ title: 'Приказ', ext: 'pdf', size: 8, owner_id: -groupId });
      const [attached] = await postedAttachments(sandbox, token, `doc${doc.owner_id}_${doc.id}`);
      expect(attached).toEqual({ type: 'doc', doc });
    }
  });

  it('can be fetched from the address that the answer names', async () => {
    const { doc } = await save((await send('Текст приказа', 'приказ.txt')).file);
    const response = await fetch(doc.url);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(await response.text()).toBe('Текст приказа');
  });

  it('carry the name of the file when no title is given', async () => {
    expect((await save((await send('x', 'План.docx')).file, community, '')).doc.title).toBe('План.docx');
  });

  it('are neither programs nor music, whatever their name says, nor empty', async () => {
    for (const name of ['virus.exe', 'setup.MSI', 'run.sh', 'song.mp3', 'song.flac']) {
      expect(await send('x', name)).toMatchObject({ error: expect.stringContaining('not allowed') });
    }
    expect(await send('MZ\x90', 'приказ.pdf')).toHaveProperty('error');
    expect(await send('\x7fELF', 'приказ.pdf')).toHaveProperty('error');
    expect(await send('ID3\x04', 'гимн.pdf')).toHaveProperty('error');
    expect(await send('', 'пусто.pdf')).toHaveProperty('error');
  });

  it('are not larger than the network takes', async () => {
    sandbox.vk.settings.largestDocumentBytes = 3;
    expect(await send('1234', 'a.txt')).toMatchObject({ error: expect.stringContaining('TOO_BIG') });
    expect(await send('123', 'a.txt')).toHaveProperty('file');
    sandbox.vk.settings.largestDocumentBytes = 2048 * 1024 * 1024;
  });

  it('may be an image for a person and not for a community, unless told otherwise', async () => {
    expect(await send(png(), 'афиша.pdf')).toHaveProperty('error');
    expect(await send(png(), 'афиша.png', editor)).toHaveProperty('file');
    sandbox.vk.settings.imagesAsCommunityDocuments = true;
    expect(await send(png(), 'афиша.png')).toHaveProperty('file');
    sandbox.vk.settings.imagesAsCommunityDocuments = false;
  });

  it('come in the field `file` and are saved once, by their own community', async () => {
    const { upload_url } = await vk<{ upload_url: string }>(sandbox, 'docs.getWallUploadServer', community, {
      group_id: groupId,
    });
    expect(await upload(upload_url, 'doc', Buffer.from('x'), 'a.txt')).toHaveProperty('error');
    const { file } = await send('x', 'a.txt');
    const refusal = async (fields: Record<string, string>, token = community): Promise<number | undefined> =>
      (await callVk(sandbox, 'docs.save', token, fields)).error?.error_code;
    sandbox.vk.addCommunity({ id: 226_000_900, name: 'Библиотека' });
    const other = sandbox.vk.issueCommunityToken(226_000_900).token;
    expect(await refusal({ file: String(file) }, other)).toBe(203);
    expect(await refusal({})).toBe(100);
    expect(await refusal({ file: 'nothing' })).toBe(105);
    await save(file);
    expect(await refusal({ file: String(file) })).toBe(105);
  });

  it('need the right for documents', async () => {
    const narrow = sandbox.vk.issueCommunityToken(groupId, { mask: 8192 }).token;
    const { error } = await callVk(sandbox, 'docs.getWallUploadServer', narrow, { group_id: groupId });
    expect(error?.error_code).toBe(7);
  });

  it('can be refused by the upload server on demand', async () => {
    sandbox.vk.next('upload.doc').failsBefore(503);
    await expect(send('x', 'a.txt')).rejects.toThrow();
    expect(sandbox.ledger.find({ method: 'upload.doc' }).at(-1)).toMatchObject({ effect: 'no', answer: 'status:503' });
  });
});
