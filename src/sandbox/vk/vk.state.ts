import type { VkCommunity, VkObject, VkPhoto, VkPost, VkUser } from './vk.model.js';
import type { VkSettings } from './vk.settings.js';
import { VkNumbers } from './vk.numbers.js';
import { VkSessions } from './vk.sessions.js';
import { VkTokens } from './vk.tokens.js';
import { VkUploads } from './vk.uploads.js';

export type PublishedListener = (post: VkPost) => void;

/** All that the sandbox's VK knows. */
export class VkState {
  readonly communities = new Map<number, VkCommunity>();
  readonly users = new Map<number, VkUser>();
  readonly photos = new Map<string, VkPhoto>();
  readonly objects = new Map<string, VkObject>();
  readonly numbers = new VkNumbers();
  readonly tokens: VkTokens;
  readonly sessions: VkSessions;
  readonly uploads: VkUploads;
  readonly guids = new Map<string, { postId: number; at: Date }>();
  onPublished: PublishedListener = () => {};
  /** Where the pictures of posts can be fetched. */
  publicOrigin = '';
  private readonly posts = new Map<number, VkPost[]>();
  /** Kept apart, so that a busy installation need not be searched at every call. */
  private readonly postponed = new Set<VkPost>();
  private lastId = 0;

  constructor(
    readonly settings: VkSettings,
    seed: string,
  ) {
    this.tokens = new VkTokens(seed, settings);
    this.sessions = new VkSessions(seed, this.tokens, settings);
    this.uploads = new VkUploads(seed);
  }

  /** Post ids count per wall in VK, object ids do not; one counter for all is indistinguishable to a client. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  addPost(post: VkPost): VkPost {
    const wall = this.posts.get(post.ownerId) ?? [];
    wall.push(post);
    if (post.kind === 'postpone') this.postponed.add(post);
    this.posts.set(post.ownerId, wall);
    return post;
  }

  /** Everything that was ever on the wall, oldest first, deleted posts included. */
  wallOf(ownerId: number): readonly VkPost[] {
    return this.posts.get(ownerId) ?? [];
  }

  findPost(ownerId: number, id: number): VkPost | null {
    return this.wallOf(ownerId).find((post) => post.id === id && !post.deleted) ?? null;
  }

  findCommunity(id: number): VkCommunity | null {
    return this.communities.get(id) ?? null;
  }

  /** Postponed posts whose hour has come go live under a new id and remember the old one. */
  publishDue(now: Date): void {
    const due = [...this.postponed].filter((post) => post.date <= now);
    for (const post of due.sort((left, right) => left.date.getTime() - right.date.getTime())) {
      if (post.deleted) this.postponed.delete(post);
      else this.publishPostponed(post, post.date);
    }
  }

  restorePost(post: VkPost): void {
    post.deleted = false;
    if (post.kind === 'postpone') this.postponed.add(post);
  }

  publishPostponed(postponed: VkPost, at: Date): VkPost {
    postponed.deleted = true;
    this.postponed.delete(postponed);
    const live = this.addPost({
      ...postponed,
      id: this.nextId(),
      kind: 'post',
      date: at,
      postponedId: postponed.id,
      deleted: false,
      comments: [],
    });
    this.onPublished(live);
    return live;
  }
}

export function objectKey(kind: string, ownerId: number, id: number): string {
  return `${kind}${ownerId}_${id}`;
}
