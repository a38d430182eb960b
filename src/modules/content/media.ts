import { DOCUMENT_TYPES, type DocumentType, VIDEO_TYPES, type VideoType } from '../../networks/media.js';
import { PHOTO_LIMITS, type PublishedPhotoType } from './photo.js';

export const MEDIA_KINDS = ['photo', 'video', 'document'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export const PHOTO_TYPES: readonly PublishedPhotoType[] = ['image/jpeg', 'image/png'];
export const MEDIA_TYPES = [...PHOTO_TYPES, ...VIDEO_TYPES, ...DOCUMENT_TYPES];
export type MediaType = PublishedPhotoType | VideoType | DocumentType;

/** A file of a client, as it is published. */
export interface Media {
  readonly id: string;
  readonly clientId: string;
  readonly kind: MediaKind;
  /** As the uploader named it; for people only. */
  readonly fileName: string;
  /** What the public sees: the title of a video, the name of a document; null for photos. */
  readonly title: string | null;
  readonly type: MediaType;
  readonly bytes: number;
  /** Of photos. */
  readonly width: number | null;
  readonly height: number | null;
  readonly sha256: string;
  readonly createdAt: Date;
}

const MEGABYTE = 1024 * 1024;

/** What one installation can afford; what a network takes is another question, asked when a post is written. */
export const MEDIA_BYTES: Readonly<Record<MediaKind, number>> = {
  photo: PHOTO_LIMITS.maxBytes,
  video: 1024 * MEGABYTE,
  document: 200 * MEGABYTE,
};

export const LARGEST_MEDIA_BYTES = Math.max(...Object.values(MEDIA_BYTES));

const LONGEST_STEM = 120;

/** What the public sees of a file's name: without its ending for a video, with the true one for a document. */
export function publicTitle(fileName: string, kind: 'video' | 'document', extension: string): string {
  const stem = fileName.replace(/\.[^.]{1,8}$/, '').trim();
  const clean = [...(stem === '' ? UNNAMED[kind] : stem)].slice(0, LONGEST_STEM).join('').trim();
  return kind === 'video' ? clean : `${clean}.${extension}`;
}

const UNNAMED = { video: 'Видео', document: 'Документ' } as const;
