import type { Params } from '../wire/inbound.js';
import type { VkCommunity, VkObject, VkPost, VkToken } from './vk.model.js';
import { accessDenied, badParam, noAccessToGroup, postNotAccessible } from './vk.refusals.js';
import { objectKey, type VkState } from './vk.state.js';
import type { UploadPurpose, UploadSlot } from './vk.uploads.js';

/** One authenticated call: the parameters as VK reads them and the actor's rights. */
export class VkCall {
  changed = false;
  touched: { owner: string; postId: string } | null = null;

  constructor(
    readonly state: VkState,
    readonly token: VkToken,
    readonly params: Params,
    readonly at: Date,
    readonly version: number,
  ) {}

  text(name: string): string {
    return this.params[name] ?? '';
  }

  optionalInt(name: string): number | null {
    const raw = this.params[name];
    if (raw === undefined || raw === '') return null;
    if (!/^-?\d{1,15}$/.test(raw)) throw badParam(`${name} should be an integer`);
    return Number(raw);
  }

  int(name: string): number {
    const value = this.optionalInt(name);
    if (value === null) throw badParam(`${name} is undefined`);
    return value;
  }

  count(name: string, standard: number, most: number): number {
    const value = this.optionalInt(name) ?? standard;
    if (value < 0) throw badParam(`${name} should be positive`);
    return Math.min(value, most);
  }

  flag(name: string): boolean {
    return this.params[name] === '1' || this.params[name] === 'true';
  }

  /** The community of `owner_id`, which must be negative. */
  communityOfOwner(): VkCommunity {
    const ownerId = this.int('owner_id');
    const community = ownerId < 0 ? this.state.findCommunity(-ownerId) : null;
    if (!community) throw badParam('owner_id is invalid');
    this.assertOwnCommunity(community);
    return community;
  }

  /** The community of `group_id`, which must be positive. */
  communityOfGroup(): VkCommunity {
    const community = this.state.findCommunity(this.groupId());
    if (!community) throw badParam('group_id is invalid');
    this.assertOwnCommunity(community);
    return community;
  }

  canManage(community: VkCommunity): boolean {
    if (this.token.kind === 'community') return this.token.groupId === community.id;
    const isPerson = this.token.kind === 'user' || this.token.granted;
    return isPerson && this.token.userId !== null && community.managers.has(this.token.userId);
  }

  assertManages(community: VkCommunity): void {
    if (!this.canManage(community)) throw noAccessToGroup();
  }

  post(ownerId: number, id: number): VkPost {
    const post = this.state.findPost(ownerId, id);
    if (!post) throw postNotAccessible();
    return post;
  }

  openUpload(purpose: UploadPurpose, community: VkCommunity, objectId: number | null = null): UploadSlot {
    return this.state.uploads.open({ purpose, groupId: community.id, userId: this.token.userId, objectId });
  }

  addObject(made: Omit<VkObject, 'id' | 'accessKey' | 'createdAt'>): VkObject {
    const id = this.state.nextId();
    const object: VkObject = { ...made, id, accessKey: `k${id.toString(16).padStart(17, '0')}`, createdAt: this.at };
    this.state.objects.set(objectKey(object.kind, object.ownerId, id), object);
    this.markChanged(object.ownerId);
    return object;
  }

  markChanged(ownerId: number, postId: number | null = null): void {
    this.changed = true;
    if (postId !== null) this.touched = { owner: String(ownerId), postId: String(postId) };
  }

  private groupId(): number {
    const groupId = this.optionalInt('group_id') ?? (this.token.kind === 'community' ? this.token.groupId : null);
    if (groupId === null) throw badParam('group_id is undefined');
    return groupId;
  }

  private assertOwnCommunity(community: VkCommunity): void {
    if (this.token.kind === 'community' && this.token.groupId !== community.id) {
      throw accessDenied('the token belongs to another community');
    }
  }
}
