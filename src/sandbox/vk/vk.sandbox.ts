import type { Clock } from '../../platform/clock/clock.js';
import type { LateEffects } from '../calls/late-effects.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ScriptBuilder } from '../scripts/script-builder.js';
import type { Scripts } from '../scripts/scripts.js';
import type { VkAttached, VkCommunity, VkPost, VkToken, VkUser } from './vk.model.js';
import type { VkNumbers } from './vk.numbers.js';
import { communityMask, userMask } from './vk.permissions.js';
import type { VkSettings } from './vk.settings.js';
import type { VkIdTokens } from './vk.sessions.js';
import type { VkState } from './vk.state.js';

export interface NewCommunity {
  id: number;
  name: string;
  screenName?: string;
  description?: string;
  wall?: VkCommunity['wall'];
  isClosed?: boolean;
  profile?: Record<string, unknown>;
  addresses?: readonly Record<string, unknown>[];
  /** Users who may act for it; without this, every user that exists already. */
  managers?: readonly number[];
}

export interface NewPostByHand {
  text: string;
  /** Default: the community itself. */
  fromId?: number;
  date?: Date;
  attachments?: VkAttached[];
}

export interface NewSession {
  clientId?: string;
  deviceId?: string;
  mask?: number;
  /** Was the application granted writing? Without it, the token is good for public reads only. */
  granted?: boolean;
  label?: string;
}

interface NewToken {
  mask?: number;
  label?: string;
  token?: string;
  /** Null or absent: lives until it is revoked. */
  expiresAt?: Date | null;
}

export const VK_APPLICATION_ID = '54000001';

const FULL_COMMUNITY_MASK = communityMask('wall', 'docs', 'photos', 'manage');
const FULL_USER_MASK = userMask('wall', 'photos', 'groups', 'video', 'stats', 'docs', 'offline');

/** VK seen from a test or the control address: what people do on the site, and what the network does to us. */
export class VkSandbox {
  constructor(
    private readonly state: VkState,
    readonly scripts: Scripts,
    private readonly ledger: Ledger,
    private readonly late: LateEffects,
    private readonly clock: Clock,
  ) {}

  /** `sandbox.vk.next('wall.post').rejects(214)`. */
  next(method: string): ScriptBuilder {
    return this.scripts.next(method);
  }

  get numbers(): VkNumbers {
    return this.state.numbers;
  }

  get settings(): VkSettings {
    return this.state.settings;
  }

  addUser(user: VkUser): VkUser {
    this.state.users.set(user.id, user);
    return user;
  }

  addCommunity(wanted: NewCommunity): VkCommunity {
    const managers = wanted.managers ?? [...this.state.users.keys()];
    const community: VkCommunity = {
      id: wanted.id,
      name: wanted.name,
      screenName: wanted.screenName ?? `club${wanted.id}`,
      description: wanted.description ?? '',
      managers: new Map(managers.map((userId) => [userId, 'administrator'])),
      wall: wanted.wall ?? 2,
      isClosed: wanted.isClosed ?? false,
      profile: wanted.profile ?? {},
      addresses: wanted.addresses ?? [],
      pinnedPostId: null,
    };
    this.state.communities.set(community.id, community);
    return community;
  }

  issueCommunityToken(groupId: number, options: NewToken = {}): VkToken {
    return this.state.tokens.issue({ kind: 'community', groupId, mask: FULL_COMMUNITY_MASK, ...options });
  }

  /** A classic token, or with `vkId` one of the kind that new applications get. */
  issueUserToken(userId: number, options: NewToken & { vkId?: boolean; granted?: boolean } = {}): VkToken {
    const { vkId, ...rest } = options;
    return this.state.tokens.issue({ kind: vkId ? 'vkId' : 'user', userId, mask: FULL_USER_MASK, ...rest });
  }

  issueServiceToken(options: Omit<NewToken, 'mask'> = {}): VkToken {
    return this.state.tokens.issue({ kind: 'service', mask: 0, ...options });
  }

  /** A session of VK ID, as it stands after the person's consent: an access token for an hour, renewed at `/oauth2/auth`. */
  startSession(userId: number, options: NewSession = {}): VkIdTokens {
    const label = options.label ?? `vk-id-session-${this.state.tokens.all().length + 1}`;
    const { clientId = VK_APPLICATION_ID, deviceId = `device-${label}`, mask = FULL_USER_MASK, granted = false } = options;
    return this.state.sessions.start({ label, clientId, deviceId, userId, mask, granted }, this.clock.now());
  }

  /** The refresh token of a session is good no more; its access token lives on until its hour is over. */
  endSession(label: string): void {
    if (!this.state.sessions.end(label)) throw new Error(`The sandbox has no VK ID session ${label}`);
  }

  /** Its life is over at this instant. */
  expireToken(tokenOrLabel: string): void {
    this.token(tokenOrLabel).expiresAt = this.clock.now();
  }

  /** By token or label. */
  revokeToken(tokenOrLabel: string): void {
    this.token(tokenOrLabel).revoked = true;
  }

  restoreToken(tokenOrLabel: string): void {
    this.token(tokenOrLabel).revoked = false;
  }

  setMask(tokenOrLabel: string, mask: number): void {
    this.token(tokenOrLabel).mask = mask;
  }

  tokens(): readonly VkToken[] {
    return this.state.tokens.all();
  }

  communities(): readonly VkCommunity[] {
    return [...this.state.communities.values()];
  }

  /** What stands on the wall now, newest first. */
  posts(groupId: number): readonly VkPost[] {
    return this.everything(groupId)
      .filter((post) => post.kind === 'post' && !post.deleted)
      .sort((left, right) => right.date.getTime() - left.date.getTime() || right.id - left.id);
  }

  postponed(groupId: number): readonly VkPost[] {
    return this.everything(groupId).filter((post) => post.kind === 'postpone' && !post.deleted);
  }

  postByHand(groupId: number, post: NewPostByHand): VkPost {
    this.community(groupId);
    const fromId = post.fromId ?? -groupId;
    const added = this.state.addPost({
      ownerId: -groupId,
      id: this.state.nextId(),
      fromId,
      createdBy: fromId,
      date: post.date ?? this.clock.now(),
      text: post.text,
      attachments: post.attachments ?? [],
      kind: 'post',
      postponedId: null,
      signerId: null,
      markedAsAds: false,
      commentsClosed: false,
      copyright: null,
      editedAt: null,
      deleted: false,
      comments: [],
    });
    this.record('hand.post', added);
    return added;
  }

  editByHand(groupId: number, postId: number, changes: { text?: string; attachments?: VkAttached[] }): void {
    const post = this.post(groupId, postId);
    Object.assign(post, changes, { editedAt: this.clock.now() });
    this.record('hand.edit', post);
  }

  deleteByHand(groupId: number, postId: number): void {
    const post = this.post(groupId, postId);
    post.deleted = true;
    const community = this.community(groupId);
    if (community.pinnedPostId === postId) community.pinnedPostId = null;
    this.record('hand.delete', post);
  }

  pinByHand(groupId: number, postId: number | null): void {
    this.community(groupId).pinnedPostId = postId === null ? null : this.post(groupId, postId).id;
  }

  commentByHand(groupId: number, postId: number, comment: { fromId: number; text: string; replyTo?: number }): number {
    const id = this.state.nextId();
    const { fromId, text, replyTo } = comment;
    this.post(groupId, postId).comments.push({
      id,
      fromId,
      text,
      replyTo: replyTo ?? null,
      date: this.clock.now(),
      attachments: [],
      deleted: false,
    });
    return id;
  }

  private everything(groupId: number): readonly VkPost[] {
    this.late.settle();
    this.state.publishDue(this.clock.now());
    return this.state.wallOf(-groupId);
  }

  private community(groupId: number): VkCommunity {
    const community = this.state.findCommunity(groupId);
    if (!community) throw new Error(`The sandbox has no VK community ${groupId}`);
    return community;
  }

  private post(groupId: number, postId: number): VkPost {
    this.everything(groupId);
    const post = this.state.findPost(-groupId, postId);
    if (!post) throw new Error(`The sandbox has no VK post wall-${groupId}_${postId}`);
    return post;
  }

  private token(tokenOrLabel: string): VkToken {
    const token = this.state.tokens.find(tokenOrLabel);
    if (!token) throw new Error('The sandbox has no such VK token');
    return token;
  }

  private record(method: string, post: VkPost): void {
    this.ledger.append({
      at: this.clock.now().toISOString(),
      network: 'vk',
      what: 'byHand',
      method,
      tokenLabel: null,
      paramsHash: '',
      effect: 'yes',
      owner: String(post.ownerId),
      postId: String(post.id),
      answer: 'success',
    });
  }
}
