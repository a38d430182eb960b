import { Readable } from 'node:stream';
import type { DocumentUpload, Poll, VideoUpload } from '../../src/networks/media.js';

/** An MP4 as far as its beginning tells; nobody plays it. */
export function videoBytes(size = 20_000): Buffer {
  const beginning = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1');
  return Buffer.concat([beginning, Buffer.alloc(size - beginning.length, 'v')]);
}

export function documentBytes(words = 'Смета'): Buffer {
  return Buffer.from(`%PDF-1.7\n% ${words}\n%%EOF\n`);
}

export function aVideo(bytes = videoBytes()): VideoUpload {
  return { ...streamed(bytes), type: 'video/mp4', title: 'День посёлка' };
}

export function aDocument(bytes = documentBytes()): DocumentUpload {
  return { ...streamed(bytes), type: 'application/pdf', title: 'Смета.pdf' };
}

export const POLL: Poll = {
  ...{ question: 'Где ставить ёлку?', answers: ['В парке', 'У порта'] },
  ...{ anonymous: true, multiple: false },
};

/** In two pieces, as a disk gives it. */
function streamed(bytes: Buffer): { size: number; open: () => Promise<Readable> } {
  const half = bytes.length >> 1;
  return { size: bytes.length, open: async () => Readable.from([bytes.subarray(0, half), bytes.subarray(half)]) };
}
