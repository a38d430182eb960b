import type { PhotoType } from './photo.js';

/** What the first bytes are: one of our types, or the name of another format for the message ('' when unknown). */
type RecognisedFormat = { readonly type: PhotoType } | { readonly type: undefined; readonly name: string };

// Latin-1 of the first bytes. A file is what its first byte says: nothing is searched for further inside, so a picture that
// hides in a page or an archive is that page or that archive.
const PHOTOS: readonly (readonly [PhotoType, RegExp])[] = [
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/webp', /^RIFF[^]{4}WEBPVP8[ LX]/],
];

const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['GIF', /^GIF8/],
  ['HEIC', /^[^]{4}ftyp(hei|hev|mif1|msf1)/],
  ['AVIF', /^[^]{4}ftypavi/],
  ['MP4', /^[^]{4}ftyp/],
  ['TIFF', /^(II\*\0|MM\0\*)/],
  ['PDF', /^%PDF/],
  ['BMP', /^BM/],
  ['ZIP', /^PK\x03\x04/],
  ['SVG', /^(\xef\xbb\xbf)?\s*<(\?xml|!--|!DOCTYPE svg|svg)/i],
  ['HTML', /^(\xef\xbb\xbf)?\s*<(!DOCTYPE html|html|head|script)/i],
];

/** Names the format by the file's first bytes. */
export function recogniseFormat(bytes: Uint8Array): RecognisedFormat {
  const start = latin1(bytes, 0, 256);
  const type = PHOTOS.find(([, signature]) => signature.test(start))?.[0];
  return type ? { type } : { type, name: OTHERS.find(([, signature]) => signature.test(start))?.[0] ?? '' };
}

/** Whether the file announces more than one frame: an APNG control chunk, or the animation flag of WebP. */
export function isAnimated(bytes: Uint8Array, type: PhotoType): boolean {
  if (type === 'image/png') return pngHasAnimation(bytes);
  return type === 'image/webp' && latin1(bytes, 12, 4) === 'VP8X' && ((bytes[20] ?? 0) & 0x02) !== 0;
}

/** Whether a WebP keeps every pixel, so that writing it anew keeps them too. */
export function isLosslessWebp(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= view.length;) {
    const name = latin1(view, at, 4);
    if (name === 'VP8L' || name === 'VP8 ') return name === 'VP8L';
    const size = view.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  return false;
}

/** Counts the passes of a JPEG up to its end marker, the way a decoder will meet them. */
export function countJpegScans(bytes: Uint8Array): number {
  let scans = 0;
  let at = bytes.indexOf(0xff, 2);
  while (at >= 0 && at + 3 < bytes.length) {
    const marker = bytes[at + 1]!;
    if (marker === 0xd9) break;
    if (marker === 0xda) scans += 1;
    at = bytes.indexOf(0xff, at + jpegStep(bytes, at, marker));
  }
  return scans;
}

/** How far to go from a 0xFF byte: over padding, over an escaped or bare marker, or over a whole segment. */
function jpegStep(bytes: Uint8Array, at: number, marker: number): number {
  if (marker === 0xff) return 1;
  const bare = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
  return bare ? 2 : 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
}

function pngHasAnimation(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= view.length; at += 12 + view.readUInt32BE(at)) {
    const name = latin1(view, at + 4, 4);
    if (name === 'acTL') return true;
    // The control chunk counts only before the pixels.
    if (name === 'IDAT') return false;
  }
  return false;
}

function latin1(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, from + length);
}
