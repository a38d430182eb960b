import { describe, expect, it } from '@jest/globals';
import { publicTitle } from './media.js';
import { recogniseMedia } from './media-recognition.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const box = (brand: string): Buffer => Buffer.concat([latin1(`\0\0\0\x18ftyp${brand}\0\0\0\0${brand}isom`), Buffer.alloc(200)]);

/** An archive with one stored entry, as office documents begin. */
function archive(name: string, content: string): Buffer {
  const [head, bytes] = [Buffer.alloc(30), Buffer.from(content)];
  head.write('PK\x03\x04', 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt32LE(bytes.length, 22);
  head.writeUInt16LE(name.length, 26);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  return Buffer.concat([head, latin1(name), bytes, end]);
}

const office = (kind: string): Buffer =>
  archive('[Content_Types].xml', `<Types><Override PartName="/x" ContentType="application/vnd.${kind}.main+xml"/></Types>`);

describe('what a file is', () => {
  it.each<[string, Buffer, string, string | undefined]>([
    ['a JPEG', latin1('\xff\xd8\xff\xe0'), 'photo', undefined],
    ['an MP4', box('mp42'), 'video', 'video/mp4'],
    ['an MP4 of a telephone', box('isom'), 'video', 'video/mp4'],
    ['an M4V', box('M4V '), 'video', 'video/mp4'],
    ['a MOV', box('qt  '), 'video', 'video/quicktime'],
    ['a PDF', latin1('%PDF-1.7\n'), 'document', 'application/pdf'],
    [
      'a DOCX',
      office('openxmlformats-officedocument.wordprocessingml.document'),
      'document',
      expect.stringContaining('wordprocessingml') as never,
    ],
    [
      'an XLSX',
      office('openxmlformats-officedocument.spreadsheetml.sheet'),
      'document',
      expect.stringContaining('spreadsheetml') as never,
    ],
    [
      'an ODT',
      archive('mimetype', 'application/vnd.oasis.opendocument.text'),
      'document',
      'application/vnd.oasis.opendocument.text',
    ],
    ['a DOCX with macros', office('ms-word.document.macroEnabled'), 'other', undefined],
    ['an archive', archive('a.txt', 'a'), 'other', undefined],
    ['a program', latin1('MZ\x90\0'), 'other', undefined],
    ['a GIF', latin1('GIF89a'), 'other', undefined],
    ['a HEIC', box('heic'), 'other', undefined],
    ['an MP3', latin1('ID3\x04\0\0\0\0\0\0'), 'other', undefined],
    ['a page', latin1('<!DOCTYPE html>'), 'other', undefined],
    ['a page that says it is a PDF further on', latin1('<html>%PDF-1.7'), 'other', undefined],
    ['words', Buffer.from('это не фото'), 'other', undefined],
  ])('%s is known by its content', async (_, bytes, kind, type) => {
    expect(await recogniseMedia(bytes)).toMatchObject({ kind, ...(type !== undefined && { type }) });
  });

  it('names what was seen instead, for the message', async () => {
    expect(await recogniseMedia(latin1('GIF89a'))).toEqual({ kind: 'other', name: 'GIF' });
    expect(await recogniseMedia(latin1('MZ\x90\0'))).toEqual({ kind: 'other', name: 'EXE' });
  });
});

describe('the name under which a file goes out', () => {
  it.each([
    ['Парад.mp4', 'video', 'mp4', 'Парад'],
    ['Парад', 'video', 'mp4', 'Парад'],
    ['.mp4', 'video', 'mp4', 'Видео'],
    ['Смета.exe', 'document', 'pdf', 'Смета.pdf'],
    ['Смета 2.0 итоговая версия', 'document', 'docx', 'Смета 2.0 итоговая версия.docx'],
    ['', 'document', 'pdf', 'Документ.pdf'],
    ['я'.repeat(300), 'video', 'mp4', 'я'.repeat(120)],
  ] as const)('of %p as a %s is its own, with the true ending', (name, kind, extension, title) => {
    expect(publicTitle(name, kind, extension)).toBe(title);
  });
});
