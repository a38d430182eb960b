import type { Readable } from 'node:stream';

/** What posts carry besides text, as it goes to a network. */

export type AttachmentKind = 'photo' | 'video' | 'document' | 'poll';

/** Both ends belong to it. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export const VIDEO_TYPES = ['video/mp4', 'video/quicktime', 'video/webm'] as const;
export type VideoType = (typeof VIDEO_TYPES)[number];

/** Documents by content; the names that they go out under end with these. */
export const DOCUMENT_EXTENSIONS = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
} as const;
export type DocumentType = keyof typeof DOCUMENT_EXTENSIONS;
export const DOCUMENT_TYPES = Object.keys(DOCUMENT_EXTENSIONS) as DocumentType[];

export interface PhotoUpload {
  readonly bytes: Uint8Array;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
}

/** A file that may be too long to be held in memory. */
interface FileUpload {
  readonly size: number;
  /** From its beginning, every time. */
  readonly open: () => Promise<Readable>;
  /** What people see: the title of a video, the name of a document. */
  readonly title: string;
}

export interface VideoUpload extends FileUpload {
  readonly type: VideoType;
}

export interface DocumentUpload extends FileUpload {
  readonly type: DocumentType;
}

export interface Poll {
  readonly question: string;
  readonly answers: readonly string[];
  /** Nobody sees who voted for what. */
  readonly anonymous: boolean;
  /** A voter may choose several answers. */
  readonly multiple: boolean;
}

export interface PreparedPoll extends Poll {
  /** Where the network makes a poll before its post. */
  readonly attachment?: string;
}
