import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { PHOTO_LIMITS, type PhotoAccepted, type PhotoLimits } from './photo.js';
import { inspectPhoto } from './photo-inspection.js';

const RED = { r: 200, g: 30, b: 20 };
/** Noise, so that files have a body that can be cut and compared; `size` is the longer side. */
function picture(size = 120): Sharp {
  const [width, height] = [size, Math.round(size / 1.5)];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0, state = 1; i < pixels.length; i++) pixels[i] = (state = (state * 48_271) % 2_147_483_647) & 0xff;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: RED } });
const GPS = { IFD0: { Artist: 'Ivan Petrov' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '55/1 45/1 0/1' } };
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>';

async function accepted(bytes: Uint8Array, limits?: PhotoLimits): Promise<PhotoAccepted> {
  const inspection = await inspectPhoto(bytes, limits);
  if (inspection.kind !== 'accepted') throw new Error(`Rejected: ${inspection.code}`);
  return inspection;
}

async function codeOf(bytes: Uint8Array, limits?: PhotoLimits): Promise<string> {
  const inspection = await inspectPhoto(bytes, limits);
  return inspection.kind === 'rejected' ? inspection.code : 'accepted';
}

function pngChunk(name: string, content: Buffer): Buffer {
  const chunk = Buffer.alloc(content.length + 12);
  chunk.writeUInt32BE(content.length, 0);
  chunk.write(name, 4, 'latin1');
  content.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return chunk;
}

function pngHeader(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), pngChunk('IHDR', header)]);
}

const FORMATS = [
  ['image/jpeg', 'image/jpeg', (from: Sharp) => from.jpeg()],
  ['image/png', 'image/png', (from: Sharp) => from.png()],
  ['image/webp', 'image/jpeg', (from: Sharp) => from.webp()],
] as const;

describe.each(FORMATS)('a photo of type %s, published as %s', (_, type, encode) => {
  it('is accepted with its size and hash, whatever its name was', async () => {
    const photo = await accepted(await encode(picture()).toBuffer());
    expect(photo).toMatchObject({ type, width: 120, height: 80, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await sharp(photo.bytes).metadata()).mediaType).toBe(type);
  });

  it('loses place, names and profiles', async () => {
    const original = await encode(picture().withExif(GPS).withXmp(XMP).withIccProfile('p3')).toBuffer();
    const before = await sharp(original).metadata();
    const after = await sharp((await accepted(original)).bytes).metadata();
    expect([before.exif, before.xmp, before.icc].map(Boolean)).toEqual([true, true, true]);
    expect([after.exif, after.xmp, after.icc, after.iptc]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('keeps its colours when a wide profile is taken away', async () => {
    const original = await encode(plain(60, 60).withIccProfile('p3')).toBuffer();
    const { channels } = await sharp((await accepted(original)).bytes).stats();
    for (const [i, value] of Object.values(RED).entries()) expect(Math.abs(channels[i]!.mean - value)).toBeLessThan(6);
  });

  it('stands upright when the camera was held sideways', async () => {
    const photo = await accepted(await encode(picture().withMetadata({ orientation: 6 })).toBuffer());
    expect([photo.width, photo.height, (await sharp(photo.bytes).metadata()).orientation]).toEqual([80, 120, undefined]);
  });

  it.each([
    ['an archive', Buffer.from('PK\x03\x04evil.class')],
    ['a page', Buffer.from('<html><script>alert(1)</script>')],
    ['a script', Buffer.from('<?php system($_GET[0]);')],
    ['a document', Buffer.from('%PDF-1.7 /JavaScript')],
  ])('loses %s that was hidden behind the picture', async (_, hidden) => {
    const original = await encode(picture()).toBuffer();
    const photo = await accepted(Buffer.concat([original, hidden]));
    expect(Buffer.from(photo.bytes).includes(hidden)).toBe(false);
    expect(photo.sha256).toBe((await accepted(original)).sha256);
  });

  it('gives the same hash each time, also when many are inspected at once', async () => {
    const original = await encode(picture()).toBuffer();
    const photos = await Promise.all(Array.from({ length: 8 }, () => accepted(Uint8Array.from(original))));
    expect(new Set(photos.map(({ sha256 }) => sha256)).size).toBe(1);
  });

  it('passes again after it was written anew', async () => {
    const once = await accepted(await encode(picture().withExif(GPS)).toBuffer());
    expect(await accepted(once.bytes)).toMatchObject({ type, width: 120, height: 80 });
  });

  it.each([0.02, 0.3, 0.6, 0.95])('is refused when only %d of it arrived', async (part) => {
    const original = await encode(picture()).toBuffer();
    expect(await codeOf(original.subarray(0, Math.ceil(original.length * part)))).toBe('content.photo-damaged');
  });

  it.each([
    ['too small', 49, 60, 'content.photo-too-small'],
    ['too elongated', 60, 1_201, 'content.photo-too-elongated'],
    ['too large', 13_960, 60, 'content.photo-too-large'],
  ])('is refused when it is %s', async (_, width, height, code) => {
    expect(
      await codeOf(await encode(plain(width, height)).toBuffer(), {
        ...PHOTO_LIMITS,
        maxAspect: code.endsWith('large') ? 1e6 : 20,
      }),
    ).toBe(code);
  });
});

describe('the picture inside', () => {
  it('is kept to the pixel in a PNG', async () => {
    const original = picture().png();
    expect(
      await sharp((await accepted(await original.toBuffer())).bytes)
        .raw()
        .toBuffer(),
    ).toEqual(await picture().raw().toBuffer());
  });

  it.each([
    ['plain', (from: Sharp) => from],
    ['with metadata before the pixels', (from: Sharp) => from.withIccProfile('srgb')],
  ])('is kept to the pixel in a lossless WebP %s', async (_, prepare) => {
    const original = await prepare(picture()).webp({ lossless: true }).toBuffer();
    const kept = await sharp((await accepted(original)).bytes)
      .raw()
      .toBuffer();
    expect(kept).toEqual(await sharp(original).raw().toBuffer());
  });

  it.each([['image/png'], ['image/webp']])('keeps its transparency in %s', async (type) => {
    const layer = sharp({ create: { width: 60, height: 60, channels: 4, background: { ...RED, alpha: 0.5 } } });
    const photo = await accepted(await layer.toFormat(type === 'image/png' ? 'png' : 'webp').toBuffer());
    expect((await sharp(photo.bytes).stats()).isOpaque).toBe(false);
  });

  it.each(['4:4:4', '4:2:0'])('keeps the colour resolution %s of a JPEG', async (chromaSubsampling) => {
    const photo = await accepted(await picture().jpeg({ chromaSubsampling }).toBuffer());
    expect((await sharp(photo.bytes).metadata()).chromaSubsampling).toBe(chromaSubsampling);
  });

  it('becomes RGB when it came from a printing house', async () => {
    const original = await plain(60, 60).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(original).metadata()).space).toBe('cmyk');
    expect(await sharp((await accepted(original)).bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3 });
  });

  it('may be grey, and may be progressive', async () => {
    expect(await codeOf(await picture().greyscale().jpeg({ progressive: true }).toBuffer())).toBe('accepted');
  });
});

describe('what is not a photo of ours', () => {
  it.each<[string, Buffer | Promise<Buffer>, string]>([
    ['a GIF', plain(60, 60).gif().toBuffer(), 'GIF'],
    [
      'a GIF with an archive behind it',
      plain(60, 60)
        .gif()
        .toBuffer()
        .then((gif) => Buffer.concat([gif, Buffer.from('PK\x03\x04')])),
      'GIF',
    ],
    ['a TIFF', plain(60, 60).tiff().toBuffer(), 'TIFF'],
    ['an AVIF', plain(64, 64).avif().toBuffer(), 'AVIF'],
    ['a photo of an iPhone', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'SVG'],
    [
      'a drawing that reads files',
      Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg/>'),
      'SVG',
    ],
    ['a document', Buffer.from('%PDF-1.7'), 'PDF'],
    ['an archive', Buffer.from('PK\x03\x04'), 'ZIP'],
    ['a page', Buffer.from('<!DOCTYPE html>'), 'HTML'],
  ])('is refused by its content: %s', async (_, bytes, name) => {
    const inspection = await inspectPhoto(await bytes);
    expect(inspection).toMatchObject({ kind: 'rejected', code: 'content.photo-type-unsupported' });
    expect(inspection).toMatchObject({ message: { en: expect.stringContaining(`(it looks like ${name})`) } });
  });

  it('is refused when a picture stands behind something else', async () => {
    const page = Buffer.concat([Buffer.from('<html>'), await picture().jpeg().toBuffer()]);
    expect(await codeOf(page)).toBe('content.photo-type-unsupported');
  });

  it.each(['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\x10\0\0\0WEBPVP8 '])(
    'is refused when only the first bytes are right: %j',
    async (start) => {
      expect(await codeOf(Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(500, 'A')]))).toBe('content.photo-damaged');
    },
  );

  it('is refused when it is empty', async () => {
    expect(await codeOf(new Uint8Array())).toBe('content.photo-empty');
  });
});

describe('an animation', () => {
  it('is refused as WebP', async () => {
    const frames = await sharp([await plain(60, 60).png().toBuffer(), await picture(90).png().toBuffer()], {
      join: { animated: true },
    })
      .webp()
      .toBuffer();
    expect(await codeOf(frames)).toBe('content.photo-animated');
  });

  it('is refused as PNG', async () => {
    const still = await plain(60, 60).png().toBuffer();
    const control = pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
    expect(await codeOf(Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]))).toBe('content.photo-animated');
  });
});

describe('a file that asks for more than it is worth', () => {
  it.each([
    [65_500, 65_500],
    [2_147_483_647, 2_147_483_647],
    [10_000, 9_999],
  ])('is refused by its header alone when it claims %i × %i', async (width, height) => {
    const bomb = Buffer.concat([
      pngHeader(width, height),
      pngChunk('IDAT', deflateSync(Buffer.alloc(1_000))),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
    const memory = process.memoryUsage().rss;
    expect(['content.photo-too-large', 'content.photo-damaged']).toContain(await codeOf(bomb));
    expect(process.memoryUsage().rss - memory).toBeLessThan(50_000_000);
  });

  it('is refused when it is a JPEG of a thousand passes', async () => {
    const original = await picture().jpeg({ progressive: true }).toBuffer();
    const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 1, 0, 63, 0, 0]);
    const bomb = Buffer.concat([original.subarray(0, -2), ...Array<Buffer>(1_000).fill(scan), original.subarray(-2)]);
    expect(await codeOf(bomb)).toBe('content.photo-too-complex');
  });

  it('is given up when it takes too long, and the next one passes', async () => {
    // Quick to write without compression, slow to compress.
    const slow = await picture(5_400).png({ compressionLevel: 0 }).toBuffer();
    const hurried = { ...PHOTO_LIMITS, maxSeconds: 1, maxBytes: 1e9 };
    const [first, second] = await Promise.all([
      codeOf(slow, hurried),
      picture()
        .jpeg()
        .toBuffer()
        .then((next) => codeOf(next)),
    ]);
    expect([first, second]).toEqual(['content.photo-too-complex', 'accepted']);
  });

  it('is refused when it is too heavy, before or after it is written anew', async () => {
    const original = await picture().jpeg({ quality: 20 }).toBuffer();
    expect(await codeOf(original, { ...PHOTO_LIMITS, maxBytes: original.length - 1 })).toBe('content.photo-too-heavy');
    expect(await codeOf(original, { ...PHOTO_LIMITS, maxBytes: original.length })).toBe('content.photo-too-heavy');
  });
});
