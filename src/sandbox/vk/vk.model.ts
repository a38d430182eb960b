import type { ImageFacts } from '../wire/image.js';

export interface VkCommunity {
  id: number;
  name: string;
  screenName: string;
  description: string;
  /** Users who may act for the community, with their role. */
  managers: Map<number, 'creator' | 'administrator' | 'editor' | 'moderator'>;
  /** 0 off, 1 open, 2 limited, 3 closed. */
  wall: 0 | 1 | 2 | 3;
  isClosed: boolean;
  /** Any further field of `groups.getById`, answered as it stands here when asked for. */
  profile: Record<string, unknown>;
  /** What `groups.getAddresses` lists. */
  addresses: readonly Record<string, unknown>[];
  pinnedPostId: number | null;
}

export interface VkUser {
  id: number;
  firstName: string;
  lastName: string;
}

export interface VkAttachment {
  kind: string;
  ownerId: number;
  id: number;
  accessKey: string | null;
}

export type VkAttached = VkAttachment | { kind: 'link'; url: string };

export interface VkPost {
  ownerId: number;
  id: number;
  fromId: number;
  /** The user or, for a community token, the community that made it. */
  createdBy: number;
  date: Date;
  text: string;
  attachments: VkAttached[];
  kind: 'post' | 'postpone' | 'suggest';
  postponedId: number | null;
  signerId: number | null;
  markedAsAds: boolean;
  commentsClosed: boolean;
  copyright: string | null;
  editedAt: Date | null;
  deleted: boolean;
  comments: VkComment[];
}

export interface VkComment {
  id: number;
  fromId: number;
  date: Date;
  text: string;
  replyTo: number | null;
  attachments: VkAttached[];
  deleted: boolean;
}

export interface VkPhoto {
  ownerId: number;
  id: number;
  accessKey: string;
  /** Only photos from the wall's own upload survive on a wall. */
  album: 'wall' | 'messages';
  groupId: number;
  caption: string;
  date: Date;
  facts: ImageFacts;
  content: Buffer;
}

/** Documents, videos and polls: what else can hang on a post. */
export interface VkObject {
  kind: 'doc' | 'video' | 'poll';
  ownerId: number;
  id: number;
  accessKey: string;
  title: string;
  /** What only its kind has, named as VK names it. */
  fields: Record<string, unknown>;
  createdAt: Date;
  /** Null: the file has not come yet, and what has no file cannot be attached. */
  arrivedAt: Date | null;
  /** What a document holds. */
  content: Buffer | null;
}

export type VkTokenKind = 'community' | 'user' | 'vkId' | 'service';

export interface VkToken {
  token: string;
  label: string;
  kind: VkTokenKind;
  /** The community of a community token. */
  groupId: number | null;
  /** The person of a user token. */
  userId: number | null;
  mask: number;
  /** A VK ID token whose application was granted writing: then it does what a classic one does. */
  granted: boolean;
  /** Null: lives until it is revoked. */
  expiresAt: Date | null;
  revoked: boolean;
}
