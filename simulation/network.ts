import type { NetworkLimits } from '../src/networks/limits.js';
import type {
  CallOutcome,
  Credentials,
  FindRequest,
  FindResult,
  Network,
  NetworkName,
  PageRef,
  PublishOutcome,
  PublishRequest,
} from '../src/networks/network.js';
import { okCallError, okSendError } from '../src/networks/ok/ok.errors.js';
import { lookedAt } from '../src/networks/post-match.js';
import { refusal } from '../src/networks/refusal.js';
import { vkCallError, vkSendError } from '../src/networks/vk/vk.errors.js';
import { callFailure, SEND_TIMEOUT_MS, sendFailure, type WireResult } from '../src/networks/wire.js';
import type { SendFate } from './faults.js';
import type { SimProcess } from './process.js';
import { urlOf, type Wall } from './wall.js';

/** The networks' own numbers for what a fate means; the real tables of the adapters judge them. */
const CODES: Record<NetworkName, Partial<Record<SendFate, number>>> = {
  vk: { refused: 100, tooMany: 6, flood: 9, dead: 5, captcha: 14 },
  ok: { refused: 100, tooMany: 8, flood: 2, dead: 102, captcha: 9 },
};

/** Nobody asks for them here. */
const LIMITS: NetworkLimits = {
  ...{
    textLength: 10_000,
    photos: 10,
    attachments: 10,
    photoBytes: 1,
    photoSideSum: 1,
    photoAspect: 1,
    photoTypes: [],
    links: 1,
  },
  ...{ videos: 0, videoBytes: { least: 0, most: 0 }, videoTypes: [], documents: 0, documentBytes: 0, documentTypes: [] },
  ...{ pollQuestionLength: 0, pollAnswers: { least: 0, most: 0 }, pollAnswerLength: 0 },
};

/** Of LATEST_EFFECT_MS; far within the hour for which a guid is known. */
const VERY_LATE = 8;
/** For how long a network may show a page as it was. */
const STALE = 4;

type Answer = Extract<WireResult, { kind: 'value' | 'error' | 'broken' }>;

/**
 * A network as a worker's process meets it. The wire between them loses, delays and spoils; what its silence or its words
 * mean is judged by the adapters' own tables.
 */
export class SimNetwork implements Network {
  readonly title: string;
  readonly limits = LIMITS;
  readonly credentialKinds = [];
  readonly keepsUploads = [];
  readonly tellsEmail = false;
  readonly askedAtOnce = { counters: 1, reach: 1 };
  private asked = 0;

  constructor(
    readonly name: NetworkName,
    private readonly wall: Wall,
    private readonly process: SimProcess,
  ) {
    this.title = name;
  }

  async publish(request: PublishRequest): Promise<PublishOutcome> {
    const { scheduler, occasions, trace } = this.process.machine;
    const fault = occasions.next('send');
    // As send-deadline.ts does: the wall clock is read once, afterwards only the monotonic one counts.
    const startedAt = scheduler.now;
    const left = request.sendBefore.getTime() - this.process.now().getTime();
    await this.process.port('net.connect', 2, 600);
    if (!(scheduler.now - startedAt < left)) return sendFailure(this.title, { kind: 'notSent', why: 'deadline' });
    if (fault?.how === 'notSent') return sendFailure(this.title, { kind: 'notSent', why: 'connect' });
    trace(() => `${this.process.name} sends "${request.content.text}" to ${this.name}, which ${fault?.how ?? 'accepts'}`);
    const answer = await this.exchange(startedAt + SEND_TIMEOUT_MS, this.receive(request, fault?.how, fault?.ms ?? 0));
    await this.process.port('net.answered', 0, 2);
    return this.outcomeOf(request.page, answer);
  }

  async find(request: FindRequest): Promise<CallOutcome<FindResult>> {
    const fault = this.process.machine.occasions.next('look');
    const refused = await this.call(request.page, 'find', fault?.how);
    if (refused) return refused;
    const from = new Date(Math.floor(request.from.getTime() / 1_000) * 1_000);
    if (fault?.how === 'stale') this.wall.freeze(request.page.externalId, fault.ms * STALE);
    const seen = this.wall.seen(request.page.externalId, fault?.how === 'lags' ? fault.ms : 0);
    await this.process.port('net.found', 5, 400);
    return lookedAt(this.title, { ...request, from }, seen, true);
  }

  async delete(page: PageRef, _credentials: Credentials, externalId: string): Promise<CallOutcome<void>> {
    const fault = this.process.machine.occasions.next('delete');
    if (fault?.how === 'lost') {
      this.wall.remove(page.externalId, externalId);
      await this.process.port('net.delete', SEND_TIMEOUT_MS, SEND_TIMEOUT_MS);
      return callFailure(this.title, { kind: 'lost', why: 'timeout' });
    }
    const refused = await this.call(page, 'delete', fault?.how);
    if (refused) return refused;
    this.wall.remove(page.externalId, externalId);
    await this.process.port('net.deleted', 5, 300);
    return { kind: 'done', value: undefined };
  }

  async uploadPhoto(page: PageRef): Promise<CallOutcome<string>> {
    const refused = await this.call(page, 'upload', this.process.machine.occasions.next('upload')?.how);
    return refused ?? { kind: 'done', value: `photo-1_${(this.asked += 1)}` };
  }

  countText(text: string): number {
    return text.length;
  }

  postUrl(page: PageRef, externalId: string): string {
    return urlOf(page.externalId, externalId);
  }

  postIdOf(): undefined {
    return undefined;
  }

  costOf(): undefined {
    return undefined;
  }

  checkCredentials(): never {
    throw new Error('People connect pages without the network here');
  }

  refreshedBy(): undefined {
    return undefined;
  }

  refreshCredentials(): never {
    throw new Error('No secret ends here');
  }

  describePage(): never {
    throw new Error('Nobody describes a page here');
  }

  readPost(): never {
    throw new Error('Nobody reads a single post here');
  }

  readCounters(): never {
    throw new Error('Nobody counts here');
  }

  readReach(): never {
    return this.readCounters();
  }

  readDays(): never {
    return this.readCounters();
  }

  readWeeks(): never {
    return this.readCounters();
  }

  uploadVideo(): never {
    throw new Error('Posts carry photos alone here');
  }

  uploadDocument(): never {
    throw new Error('Posts carry photos alone here');
  }

  preparePoll(): never {
    throw new Error('Posts carry photos alone here');
  }

  edit(): never {
    throw new Error('Nobody edits a post here');
  }

  /** What the network does with a request that reached it, and what it answers, if anything. */
  private async receive(request: PublishRequest, fate: SendFate | undefined, ms: number): Promise<Answer | undefined> {
    const { content, page, marker } = request;
    const sent = { page: page.externalId, text: content.text, photos: content.photos.length, marker };
    const accept = (afterMs: number, copies = 1): Promise<string> => this.wall.accept(sent, afterMs, copies);
    const { random } = this.process.machine;
    const soon = random.between(5, 900);
    if (this.wall.deadPages.has(page.externalId)) return this.error('dead');
    if (fate === undefined) return named(await accept(soon));
    switch (fate) {
      case 'lostBefore':
        return undefined;
      case 'lostAfter':
        return void (await accept(soon));
      case 'late':
        return void (await accept(ms));
      case 'veryLate':
        // Where a guid makes repeats harmless, an effect may come when nobody expects it any more.
        return void (await accept(this.name === 'vk' ? ms * VERY_LATE : ms));
      case 'failsBefore':
      case 'htmlBefore':
        return broken(fate);
      case 'failsAfter':
      case 'htmlAfter':
        await accept(soon);
        return broken(fate);
      case 'wrongId':
        await accept(soon);
        return { kind: 'broken', why: 'no well-formed post_id' };
      case 'othersId': {
        await accept(soon);
        const other = this.wall.standing(page.externalId).find(({ externalId }) => this.wall.known.has(externalId));
        if (!other) return { kind: 'broken', why: 'no well-formed post_id' };
        this.wall.misnamed.add(content.text);
        return named(other.externalId);
      }
      case 'twice':
        return named(await accept(soon, 2));
      case 'dead':
        this.wall.deadPages.add(page.externalId);
        return this.error(fate);
      default:
        return this.error(fate);
    }
  }

  /** Waits for the answer or for the end of the time limit; a process that was stopped may find both. */
  private exchange(timeoutAt: number, answered: Promise<Answer | undefined>): Promise<Answer | undefined> {
    const { process } = this;
    const { scheduler, random } = process.machine;
    const { life } = process;
    return new Promise((resolve) => {
      let answer: Answer | undefined;
      scheduler.at(timeoutAt, () => process.deliver(life, () => resolve(answer && random.chance(0.5) ? answer : undefined)));
      void answered.then((given) => {
        if (!given) return;
        answer = given;
        scheduler.at(scheduler.now + random.between(1, 50), () => process.deliver(life, () => resolve(given)));
      });
    });
  }

  private outcomeOf(page: PageRef, answer: Answer | undefined): PublishOutcome {
    const now = this.process.now();
    if (!answer) return sendFailure(this.title, { kind: 'lost', why: 'timeout' });
    if (answer.kind === 'error') return (this.name === 'vk' ? vkSendError : okSendError)(answer.error, now);
    if (answer.kind === 'broken') return sendFailure(this.title, answer);
    const externalId = String(answer.value);
    return { kind: 'published', externalId, url: urlOf(page.externalId, externalId) };
  }

  /** A call without public effect. @returns why it brought nothing, if so. */
  private async call(
    page: PageRef,
    what: string,
    fate?: string,
  ): Promise<Exclude<CallOutcome<never>, { kind: 'done' }> | undefined> {
    await this.process.port(`net.${what}`, 5, 400);
    const error = this.name === 'vk' ? vkCallError : okCallError;
    const of = (name: SendFate): ReturnType<typeof error> => error(this.error(name).error, this.process.now());
    if (this.wall.deadPages.has(page.externalId) || fate === 'dead') return of('dead');
    if (fate === 'later') return of('tooMany');
    if (fate === 'lost') return callFailure(this.title, { kind: 'lost', why: 'timeout' });
    return fate === 'refused' ? refusal(this.title, 'cannot-find', 'this secret may not do it') : undefined;
  }

  private error(fate: SendFate): Extract<Answer, { kind: 'error' }> {
    return { kind: 'error', error: { code: CODES[this.name][fate] ?? 10, message: fate } };
  }
}

function broken(fate: 'failsBefore' | 'failsAfter' | 'htmlBefore' | 'htmlAfter'): Answer {
  return { kind: 'broken', why: fate.startsWith('fails') ? 'HTTP 502' : 'HTML' };
}

function named(externalId: string): Answer {
  return { kind: 'value', value: externalId };
}
