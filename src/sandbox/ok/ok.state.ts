import { createHash } from 'node:crypto';
import type { OkGroup, OkMovie, OkPhoto, OkTopic, OkUser } from './ok.model.js';
import { OkNumbers } from './ok.numbers.js';
import type { OkSettings } from './ok.settings.js';
import { OkTokens } from './ok.tokens.js';

/** An address for some photos: the ids are given out before the files come. */
export interface OkUploadSlot {
  key: string;
  groupId: string;
  photoIds: string[];
  expiresAt: Date;
}

/** Ids of live topics are numbers of fifteen digits and more: they do not fit a 32-bit integer, and clients must not parse them. */
const FIRST_TOPIC_ID = 157_000_000_000_001;
const FIRST_MOVIE_ID = 7_570_000_000_000;

export class OkState {
  readonly groups = new Map<string, OkGroup>();
  readonly users = new Map<string, OkUser>();
  readonly numbers = new OkNumbers();
  readonly tokens: OkTokens;
  readonly slots = new Map<string, OkUploadSlot>();
  /** By upload token, which is what a topic's photo block names. */
  readonly photosByToken = new Map<string, OkPhoto>();
  readonly photosById = new Map<string, OkPhoto>();
  readonly moviesById = new Map<string, OkMovie>();
  readonly moviesByUpload = new Map<string, OkMovie>();
  onPublished: (topic: OkTopic) => void = () => {};
  publicOrigin = '';
  private readonly topics = new Map<string, OkTopic[]>();
  private readonly topicsById = new Map<string, OkTopic>();
  /** Kept apart, so that a busy installation need not be searched at every call. */
  private readonly delayed = new Set<OkTopic>();
  private counter = 0;

  constructor(
    readonly settings: OkSettings,
    private readonly seed: string,
  ) {
    this.tokens = new OkTokens(seed);
  }

  nextTopicId(): string {
    this.counter += 1;
    return String(FIRST_TOPIC_ID + this.counter * 256);
  }

  nextMovieId(): string {
    this.counter += 1;
    return String(FIRST_MOVIE_ID + this.counter * 16);
  }

  /** An opaque string with the characters of base64, `+`, `/` and `=` among them. */
  opaque(purpose: string): string {
    this.counter += 1;
    const digest = createHash('sha256').update(`${this.seed}:${purpose}:${this.counter}`).digest('base64').slice(0, 28);
    return `${digest}+/==`;
  }

  addTopic(topic: OkTopic): OkTopic {
    const wall = this.topics.get(topic.groupId) ?? [];
    wall.push(topic);
    this.topicsById.set(topic.id, topic);
    if (topic.state === 'delayed') this.delayed.add(topic);
    this.topics.set(topic.groupId, wall);
    return topic;
  }

  /** Everything that ever was in the group, oldest first, deleted topics included. */
  topicsOf(groupId: string): readonly OkTopic[] {
    return this.topics.get(groupId) ?? [];
  }

  findTopic(id: string): OkTopic | null {
    const topic = this.topicsById.get(id);
    return topic && !topic.deleted ? topic : null;
  }

  /** The topic that a delayed one became. */
  findRepublished(formerId: string): OkTopic | null {
    for (const wall of this.topics.values()) {
      const topic = wall.find((candidate) => candidate.formerId === formerId && !candidate.deleted);
      if (topic) return topic;
    }
    return null;
  }

  publishDue(now: Date): void {
    const due = [...this.delayed].filter((topic) => topic.createdAt <= now);
    for (const topic of due.sort((left, right) => left.createdAt.getTime() - right.createdAt.getTime())) {
      this.delayed.delete(topic);
      if (!topic.deleted) this.republish(topic);
    }
  }

  private republish(topic: OkTopic): void {
    topic.deleted = true;
    const live = { ...topic, id: this.nextTopicId(), state: 'live' as const, formerId: topic.id, deleted: false, comments: [] };
    this.onPublished(this.addTopic(live));
  }
}
