import type { ImageFacts } from '../wire/image.js';

export type OkRole = 'ADMIN' | 'MODERATOR' | 'ACTIVE' | 'UNKNOWN';

export type OkPermission =
  'VALUABLE_ACCESS' | 'LONG_ACCESS_TOKEN' | 'PHOTO_CONTENT' | 'GROUP_CONTENT' | 'VIDEO_CONTENT' | 'GET_EMAIL' | 'APP_INVITE';

export interface OkApplication {
  id: string;
  key: string;
  secret: string;
  name: string;
  redirectUris: string[];
}

export interface OkGroup {
  id: string;
  name: string;
  shortname: string;
  description: string;
  members: Map<string, OkRole>;
  /** Any further field of `group.getInfo`, answered as it stands here when asked for. */
  profile: Record<string, unknown>;
  pinnedTopicId: string | null;
}

export interface OkUser {
  id: string;
  name: string;
}

export interface OkToken {
  token: string;
  refreshToken: string | null;
  label: string;
  userId: string;
  applicationKey: string;
  permissions: Set<OkPermission>;
  /** Null: the eternal token of the application's owner. */
  expiresAt: Date | null;
  /** Its life starts anew with use. */
  isLong: boolean;
  revoked: boolean;
}

export type OkBlock =
  | { type: 'text'; text: string }
  | { type: 'link'; url: string }
  | { type: 'photo'; photoIds: string[] }
  | { type: 'movie'; movieIds: string[] }
  | { type: 'poll'; question: string; answers: string[]; options: string };

export interface OkTopic {
  id: string;
  groupId: string;
  authorRef: string;
  createdAt: Date;
  blocks: OkBlock[];
  state: 'live' | 'delayed' | 'suggested';
  /** The id under which it was known before it went live. */
  formerId: string | null;
  commentsDisabled: boolean;
  hidden: boolean;
  editedAt: Date | null;
  deleted: boolean;
  comments: OkComment[];
}

export interface OkComment {
  id: string;
  authorRef: string;
  authorName: string;
  date: Date;
  text: string;
  replyTo: string | null;
}

/** A video of a group; a topic may show it once its file has come and it was updated. */
export interface OkMovie {
  id: string;
  groupId: string;
  title: string;
  /** 0: not known when the address was asked for. */
  declaredBytes: number;
  asForm: boolean;
  uploadUntil: Date;
  arrived: boolean;
  described: boolean;
}

export interface OkPhoto {
  /** As given out by the upload address; holds characters that need URL encoding. */
  id: string;
  token: string;
  groupId: string;
  expiresAt: Date;
  facts: ImageFacts;
  content: Buffer;
}
