export interface ImageFacts {
  format: 'jpeg' | 'png' | 'gif';
  contentType: string;
  width: number;
  height: number;
}

export type Inspection = ImageFacts | 'not an image' | 'corrupted';

const PNG_MAGIC = Buffer.from('89504e470d0a1a0a', 'hex');

/** Reads the format and the size from the header, which is all that an upload server looks at before it answers. */
export function inspectImage(content: Buffer): Inspection {
  if (content.subarray(0, 8).equals(PNG_MAGIC)) {
    if (content.length < 33) return 'corrupted';
    return facts('png', content.readUInt32BE(16), content.readUInt32BE(20));
  }
  if (/^GIF8[79]a/.test(content.subarray(0, 6).toString('latin1'))) {
    if (content.length < 13) return 'corrupted';
    return facts('gif', content.readUInt16LE(6), content.readUInt16LE(8));
  }
  if (content.length > 3 && content.readUInt16BE(0) === 0xffd8) return inspectJpeg(content);
  return 'not an image';
}

function inspectJpeg(content: Buffer): Inspection {
  let at = 2;
  while (at + 9 < content.length) {
    if (content[at] !== 0xff) return 'corrupted';
    const marker = content[at + 1] ?? 0;
    // Start-of-frame markers carry the size; C4, C8 and CC in the same range are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return facts('jpeg', content.readUInt16BE(at + 7), content.readUInt16BE(at + 5));
    at += 2 + content.readUInt16BE(at + 2);
  }
  return 'corrupted';
}

function facts(format: ImageFacts['format'], width: number, height: number): Inspection {
  if (width === 0 || height === 0) return 'corrupted';
  return { format, contentType: `image/${format}`, width, height };
}
