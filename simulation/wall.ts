import type { NetworkName, WallPost } from '../src/networks/network.js';
import type { Machine } from './process.js';

/** VK forgets a guid after an hour. */
const GUID_MS = 3_600_000;

/** One request that reached the network and had, or will have, an effect. The oracle reads these. */
export interface Effect {
  readonly request: number;
  readonly page: string;
  readonly text: string;
  readonly photos: number;
  /** When its bytes left the worker. */
  readonly writtenAt: number;
  readonly at: number;
  readonly externalId: string;
}

interface StandingPost {
  readonly externalId: string;
  readonly page: string;
  readonly at: number;
  readonly text: string;
  readonly photos: number;
  goneAt: number | undefined;
  /** Somebody deleted it on the page itself: then a look that finds nothing is right. */
  byHand: boolean;
}

export interface Sent {
  readonly page: string;
  readonly text: string;
  readonly photos: number;
  readonly marker: string;
}

/** A network's side: its walls, its memory of guids, and a ledger of everything that ever appeared. */
export class Wall {
  readonly ledger: Effect[] = [];
  readonly posts: StandingPost[] = [];
  readonly deadPages = new Set<string>();
  /** Texts whose request was answered with the number of another post. */
  readonly misnamed = new Set<string>();
  /** Numbers that the database knows as published. */
  readonly known = new Set<string>();
  private readonly frozen = new Map<string, { known: StandingPost; until: number }>();
  private readonly guids = new Map<string, { at: number; externalId: string }>();
  private requests = 0;
  private lastId = 100;

  constructor(
    readonly network: NetworkName,
    private readonly machine: Machine,
  ) {}

  /** A request has arrived whole; its effect comes after `afterMs`, if at all. @returns the id that the answer names. */
  accept(sent: Sent, afterMs: number, copies = 1): Promise<string> {
    const request = (this.requests += 1);
    const writtenAt = this.machine.scheduler.now;
    return new Promise((resolve) => {
      this.machine.scheduler.at(writtenAt + afterMs, () => resolve(this.appear(sent, { request, writtenAt }, copies)));
    });
  }

  /**
   * The network shows the page from its cache for a while: as it was before the newest post that we know of. Where that post
   * is gone nothing tells an old page from a new one, so there the pages are new.
   */
  freeze(page: string, forMs: number): void {
    const known = this.posts.filter((post) => post.page === page && this.known.has(post.externalId)).at(-1);
    if (known) this.frozen.set(page, { known, until: this.machine.scheduler.now + forMs });
  }

  seen(page: string, lagMs: number): WallPost[] {
    const { now } = this.machine.scheduler;
    const frozen = this.frozen.get(page);
    const isFrozen = frozen && frozen.until > now && frozen.known.goneAt === undefined;
    const then = isFrozen ? frozen.known.at - 1 : now - lagMs;
    return this.posts
      .filter((post) => post.page === page && post.at <= then && (post.goneAt === undefined || post.goneAt > then))
      .map(({ externalId, at, text, photos }) => ({
        ...{ externalId, url: urlOf(page, externalId), text, photoCount: photos, attachments: [], byPage: true as const },
        ...{ videoCount: 0, documentCount: 0, hasPoll: false },
        // VK tells whole seconds.
        publishedAt: new Date(this.network === 'vk' ? Math.floor(at / 1_000) * 1_000 : at),
      }));
  }

  /** A post that nobody here planned, and that everybody knows. */
  stood(page: string, at: number): string {
    const externalId = String((this.lastId += 1));
    this.posts.push({ externalId, page, at, text: 'of long ago', photos: 0, goneAt: undefined, byHand: false });
    this.known.add(externalId);
    return externalId;
  }

  remove(page: string, externalId: string): void {
    for (const post of this.posts)
      if (post.page === page && post.externalId === externalId) post.goneAt ??= this.machine.scheduler.now;
  }

  removeByHand(page: string): void {
    const newest = this.standing(page).at(-1);
    if (!newest) return;
    newest.goneAt = this.machine.scheduler.now;
    newest.byHand = true;
  }

  standing(page: string): StandingPost[] {
    return this.posts.filter((post) => post.page === page && post.goneAt === undefined);
  }

  private appear(sent: Sent, { request, writtenAt }: { request: number; writtenAt: number }, copies: number): string {
    const { page, text, photos, marker } = sent;
    const at = this.machine.scheduler.now;
    const known = this.network === 'vk' ? this.guids.get(`${page} ${marker}`) : undefined;
    if (known && at - known.at < GUID_MS) return known.externalId;
    let externalId = '';
    for (let copy = 0; copy < copies; copy += 1) {
      externalId = String((this.lastId += 1));
      this.posts.push({ externalId, page, at, text, photos, goneAt: undefined, byHand: false });
      this.ledger.push({ request, page, text, photos, writtenAt, at, externalId });
    }
    this.guids.set(`${page} ${marker}`, { at, externalId });
    this.machine.trace(() => `${this.network}: "${text}" appears as ${externalId}`);
    return externalId;
  }
}

export function urlOf(page: string, externalId: string): string {
  return `https://network.example/${page}/${externalId}`;
}
