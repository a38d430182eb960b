import { fileTypeFromBuffer } from 'file-type';
import { DOCUMENT_EXTENSIONS, type DocumentType, VIDEO_TYPES, type VideoType } from '../../networks/media.js';
import { recogniseFormat } from './photo-format.js';

/** What a file is by its beginning, never by its name; `other` names what was seen instead, '' when nothing is known. */
export type Recognised =
  | { readonly kind: 'photo' }
  | { readonly kind: 'video'; readonly type: VideoType; readonly extension: string }
  | { readonly kind: 'document'; readonly type: DocumentType; readonly extension: string }
  | { readonly kind: 'other'; readonly name: string };

/** Office documents say what they are in the first entries of their archive; this is more than those take. */
export const RECOGNISED_BY = 256 * 1024;

/** Apple's own flavour of MP4. */
const M4V = 'video/x-m4v';

export async function recogniseMedia(beginning: Uint8Array): Promise<Recognised> {
  const format = recogniseFormat(beginning);
  if (format.type) return { kind: 'photo' };
  const found = await fileTypeFromBuffer(beginning).catch(() => undefined);
  const mime: string = found?.mime === M4V ? 'video/mp4' : (found?.mime ?? '');
  const video = VIDEO_TYPES.find((type) => type === mime);
  if (video) return { kind: 'video', type: video, extension: VIDEO_EXTENSIONS[video] };
  if (isDocument(mime)) return { kind: 'document', type: mime, extension: DOCUMENT_EXTENSIONS[mime] };
  return { kind: 'other', name: format.name || (found?.ext.toUpperCase() ?? '') };
}

const VIDEO_EXTENSIONS: Readonly<Record<VideoType, string>> = {
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

function isDocument(mime: string): mime is DocumentType {
  return Object.hasOwn(DOCUMENT_EXTENSIONS, mime);
}
