import { describe, expect, it } from '@jest/globals';
import { countJpegScans, isAnimated, isLosslessWebp, recogniseFormat } from './photo-format.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('a format', () => {
  it.each([
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/webp', 'RIFF\x10\x00\x00\x00WEBPVP8 '],
    ['image/webp', 'RIFF\n\r\x00\x00WEBPVP8X'],
  ])('is %s by its first bytes', (type, start) => {
    expect(recogniseFormat(latin1(start))).toEqual({ type });
  });

  it.each([
    ['GIF', 'GIF89a'],
    ['HEIC', '\x00\x00\x00\x18ftypheic'],
    ['HEIC', '\x00\x00\x00\x18ftypmif1'],
    ['AVIF', '\x00\x00\x00\x1cftypavif'],
    ['MP4', '\x00\x00\x00\x18ftypisom'],
    ['TIFF', 'II*\x00'],
    ['TIFF', 'MM\x00*'],
    ['PDF', '%PDF-1.7'],
    ['BMP', 'BM\x00\x00'],
    ['ZIP', 'PK\x03\x04'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg">'],
    ['SVG', '\xef\xbb\xbf\n <?xml version="1.0"?><svg/>'],
    ['HTML', '<!doctype html><script>'],
    ['', ''],
    ['', 'plain text'],
    ['', '\xff\xd8'],
    ['', ' \xff\xd8\xff\xe0'],
    ['', '\x89PNG\n\x1a\n'],
    ['', 'RIFF\x10\x00\x00\x00WAVEfmt '],
  ])('is not ours and looks like %j', (name, start) => {
    expect(recogniseFormat(latin1(start))).toEqual({ name });
  });

  it('is read at the right place of a larger buffer', () => {
    const whole = latin1('xxxx\xff\xd8\xff\xe0');
    expect(recogniseFormat(new Uint8Array(whole.buffer, whole.byteOffset + 4, 4))).toEqual({ type: 'image/jpeg' });
  });
});

describe('the scans of a JPEG', () => {
  const SCAN = '\xff\xda\x00\x02';
  it.each([
    ['none', '\xff\xd8\xff\xd9', 0],
    ['each one', `\xff\xd8${SCAN}ab${SCAN}cd\xff\xd9`, 2],
    ['not what looks like one inside another segment', '\xff\xd8\xff\xe1\x00\x06\xff\xda\xff\xda\xff\xd9', 0],
    ['not what is escaped or restarts', `\xff\xd8${SCAN}a\xff\x00\xdab\xff\xd0\xdac\xff\xd9`, 1],
    ['one after padding', `\xff\xd8\xff\xff\xff\xff${SCAN}\xff\xd9`, 1],
    ['nothing after the end', `\xff\xd8${SCAN}a\xff\xd9${SCAN}${SCAN}`, 1],
    ['what there is of a cut file', `\xff\xd8${SCAN}a\xff`, 1],
  ])('are counted: %s', (_, text, scans) => {
    expect(countJpegScans(latin1(text))).toBe(scans);
  });
});

describe('chunks that lie about their size', () => {
  it.each([
    ['PNG', 'image/png', '\x89PNG\r\n\x1a\n\xff\xff\xff\xffteXt'],
    ['PNG with empty chunks', 'image/png', `\x89PNG\r\n\x1a\n${'\0'.repeat(120_000)}`],
    ['WebP', 'image/webp', 'RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff\x00'],
    ['WebP with empty chunks', 'image/webp', `RIFF\x10\x00\x00\x00WEBPVP8X${'\0'.repeat(120_000)}`],
  ] as const)('end the reading of a %s', (_, type, text) => {
    expect([isAnimated(latin1(text), type), isLosslessWebp(latin1(text))]).toEqual([false, false]);
  });
});
