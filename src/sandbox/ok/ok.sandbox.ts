import type { Clock } from '../../platform/clock/clock.js';
import type { LateEffects } from '../calls/late-effects.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ScriptBuilder } from '../scripts/script-builder.js';
import type { Scripts } from '../scripts/scripts.js';
import type { OkApplication, OkBlock, OkGroup, OkPermission, OkRole, OkToken, OkTopic, OkUser } from './ok.model.js';
import type { OkNumbers } from './ok.numbers.js';
import type { OkSettings } from './ok.settings.js';
import { startSession } from './ok.sessions.js';
import type { OkState } from './ok.state.js';

export interface NewGroup {
  id: string;
  name: string;
  shortname?: string;
  description?: string;
  profile?: Record<string, unknown>;
  /** Without this, every user that exists already is its administrator. */
  members?: Readonly<Record<string, OkRole>>;
}

export interface NewOkTokenOptions {
  /** Default: the ready-made application. */
  applicationKey?: string;
  /** Default: everything that publishing needs. */
  permissions?: readonly OkPermission[];
  /** With a role, the token belongs to a new person who has it in every group, or in `groupId` only. */
  role?: OkRole;
  groupId?: string;
  userId?: string;
  /** Null or absent: an eternal token. */
  expiresAt?: Date | null;
  label?: string;
  token?: string;
}

export interface NewTopicByHand {
  text?: string;
  blocks?: OkBlock[];
  /** `group:<id>` by default. */
  authorRef?: string;
  createdAt?: Date;
}

const PUBLISHING: readonly OkPermission[] = [
  'VALUABLE_ACCESS',
  'LONG_ACCESS_TOKEN',
  'GROUP_CONTENT',
  'PHOTO_CONTENT',
  'VIDEO_CONTENT',
];

/** OK seen from a test or the control address. */
export class OkSandbox {
  constructor(
    private readonly state: OkState,
    readonly scripts: Scripts,
    private readonly ledger: Ledger,
    private readonly late: LateEffects,
    private readonly clock: Clock,
  ) {}

  next(method: string): ScriptBuilder {
    return this.scripts.next(method);
  }

  get numbers(): OkNumbers {
    return this.state.numbers;
  }

  get settings(): OkSettings {
    return this.state.settings;
  }

  addUser(user: OkUser): OkUser {
    this.state.users.set(user.id, user);
    return user;
  }

  addGroup(wanted: NewGroup): OkGroup {
    const everybody = [...this.state.users.keys()].map((id): [string, OkRole] => [id, 'ADMIN']);
    const group: OkGroup = {
      id: wanted.id,
      name: wanted.name,
      shortname: wanted.shortname ?? `group${wanted.id}`,
      description: wanted.description ?? '',
      members: new Map(wanted.members ? Object.entries(wanted.members) : everybody),
      profile: wanted.profile ?? {},
      pinnedTopicId: null,
    };
    this.state.groups.set(group.id, group);
    return group;
  }

  addApplication(application: OkApplication): OkApplication {
    this.state.tokens.applications.set(application.key, application);
    return application;
  }

  issueToken(options: NewOkTokenOptions = {}): OkToken {
    const applicationKey = options.applicationKey ?? [...this.state.tokens.applications.keys()][0];
    if (applicationKey === undefined) throw new Error('The sandbox has no OK application yet');
    return this.state.tokens.issue({
      userId: this.personFor(options),
      applicationKey,
      permissions: options.permissions ?? PUBLISHING,
      expiresAt: options.expiresAt ?? null,
      ...(options.label !== undefined && { label: options.label }),
      ...(options.token !== undefined && { token: options.token }),
    });
  }

  /** A session as it stands after the person's consent: an access token, and the refresh token that renews it. */
  startSession(options: { userId?: string; permissions?: readonly OkPermission[]; label?: string } = {}): OkToken {
    const [application] = this.state.tokens.applications.values();
    if (!application) throw new Error('The sandbox has no OK application yet');
    const { permissions = PUBLISHING, ...rest } = options;
    return startSession(this.state, { application, userId: this.personFor(rest), permissions, ...rest }, this.clock.now());
  }

  /** Its refresh token is good no more; its access token lives on until its time is over. */
  endSession(tokenOrLabel: string): void {
    const { refreshToken } = this.token(tokenOrLabel);
    if (refreshToken === null || !this.state.tokens.refreshGrants.delete(refreshToken))
      throw new Error('The sandbox has no such OK session');
  }

  /** What the user's consent page hands to the redirect address. */
  issueCode(options: { redirectUri: string; clientId?: string; userId?: string; permissions?: readonly OkPermission[] }): string {
    const [application] = this.state.tokens.applications.values();
    const [user] = this.state.users.keys();
    const code = this.state.tokens.secretFor('code');
    this.state.tokens.codes.set(code, {
      clientId: options.clientId ?? application?.id ?? '',
      userId: options.userId ?? user ?? '',
      redirectUri: options.redirectUri,
      permissions: options.permissions ?? PUBLISHING,
      expiresAt: new Date(this.clock.now().getTime() + this.state.settings.codeLifeMs),
    });
    return code;
  }

  revokeToken(tokenOrLabel: string): void {
    this.token(tokenOrLabel).revoked = true;
  }

  restoreToken(tokenOrLabel: string): void {
    this.token(tokenOrLabel).revoked = false;
  }

  expireToken(tokenOrLabel: string): void {
    this.token(tokenOrLabel).expiresAt = this.clock.now();
  }

  setPermissions(tokenOrLabel: string, permissions: readonly OkPermission[]): void {
    this.token(tokenOrLabel).permissions = new Set(permissions);
  }

  setRole(groupId: string, userId: string, role: OkRole): void {
    this.group(groupId).members.set(userId, role);
  }

  /** How many calls of a method the token has left; null takes the limit away. */
  setCallsLeft(tokenOrLabel: string, method: string, calls: number | null): void {
    this.state.tokens.setCallsLeft(this.token(tokenOrLabel), method, calls);
  }

  tokens(): readonly OkToken[] {
    return this.state.tokens.all();
  }

  groups(): readonly OkGroup[] {
    return [...this.state.groups.values()];
  }

  /** What stands in the group now, newest first. */
  topics(groupId: string): readonly OkTopic[] {
    return this.everything(groupId)
      .filter((topic) => topic.state === 'live' && !topic.deleted)
      .sort((left, right) => right.createdAt.getTime() - left.createdAt.getTime() || Number(BigInt(right.id) - BigInt(left.id)));
  }

  delayed(groupId: string): readonly OkTopic[] {
    return this.everything(groupId).filter((topic) => topic.state === 'delayed' && !topic.deleted);
  }

  postByHand(groupId: string, topic: NewTopicByHand): OkTopic {
    this.group(groupId);
    const added = this.state.addTopic({
      id: this.state.nextTopicId(),
      groupId,
      authorRef: topic.authorRef ?? `group:${groupId}`,
      createdAt: topic.createdAt ?? this.clock.now(),
      blocks: topic.blocks ?? [{ type: 'text', text: topic.text ?? '' }],
      state: 'live',
      formerId: null,
      commentsDisabled: false,
      hidden: false,
      editedAt: null,
      deleted: false,
      comments: [],
    });
    this.record('hand.post', added);
    return added;
  }

  editByHand(topicId: string, changes: { text?: string; blocks?: OkBlock[] }): void {
    const topic = this.topic(topicId);
    if (changes.text !== undefined) topic.blocks = [{ type: 'text', text: changes.text }];
    if (changes.blocks !== undefined) topic.blocks = changes.blocks;
    topic.editedAt = this.clock.now();
    this.record('hand.edit', topic);
  }

  deleteByHand(topicId: string): void {
    const topic = this.topic(topicId);
    topic.deleted = true;
    const group = this.group(topic.groupId);
    if (group.pinnedTopicId === topicId) group.pinnedTopicId = null;
    this.record('hand.delete', topic);
  }

  pinByHand(groupId: string, topicId: string | null): void {
    this.group(groupId).pinnedTopicId = topicId;
  }

  commentByHand(topicId: string, comment: { authorRef: string; authorName: string; text: string; replyTo?: string }): string {
    const id = this.state.opaque('comment');
    this.topic(topicId).comments.push({ replyTo: null, ...comment, id, date: this.clock.now() });
    return id;
  }

  private personFor(options: NewOkTokenOptions): string {
    const [standard] = this.state.users.keys();
    if (options.role === undefined) return options.userId ?? standard ?? '';
    const userId = options.userId ?? String(570_000_000_000 + this.state.users.size + 1);
    this.state.users.set(userId, { id: userId, name: `Участник ${userId}` });
    const groups = options.groupId === undefined ? this.groups() : [this.group(options.groupId)];
    for (const group of groups) group.members.set(userId, options.role);
    return userId;
  }

  private everything(groupId: string): readonly OkTopic[] {
    this.late.settle();
    this.state.publishDue(this.clock.now());
    return this.state.topicsOf(groupId);
  }

  private group(groupId: string): OkGroup {
    const group = this.state.groups.get(groupId);
    if (!group) throw new Error(`The sandbox has no OK group ${groupId}`);
    return group;
  }

  private topic(topicId: string): OkTopic {
    this.late.settle();
    this.state.publishDue(this.clock.now());
    const topic = this.state.findTopic(topicId);
    if (!topic) throw new Error(`The sandbox has no OK topic ${topicId}`);
    return topic;
  }

  private token(tokenOrLabel: string): OkToken {
    const token = this.state.tokens.find(tokenOrLabel);
    if (!token) throw new Error('The sandbox has no such OK token');
    return token;
  }

  private record(method: string, topic: OkTopic): void {
    this.ledger.append({
      at: this.clock.now().toISOString(),
      network: 'ok',
      what: 'byHand',
      method,
      tokenLabel: null,
      paramsHash: '',
      effect: 'yes',
      owner: topic.groupId,
      postId: topic.id,
      answer: 'success',
    });
  }
}
