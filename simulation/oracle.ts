import type { NetworkName } from '../src/networks/network.js';
import { numberOf, textOf, wallOf } from './cast.js';
import { LATEST_EFFECT_MS } from './faults.js';
import type { Change, MemoryDatabase, Moment } from './memory/database.js';
import type { ContractorRow, ContractRow, PageRow, PostRow, PublicationRow, QuietRow } from './memory/rows.js';
import type { Acknowledged } from './people.js';
import type { Story } from './story.js';
import type { Effect, Wall } from './wall.js';

/** A publication began to be sent: after this instant nothing can stop it. */
interface Sending {
  readonly row: PublicationRow;
  readonly statement: Moment;
}

/** The first byte leaves at most this long after the point of no return. */
const SEND_WITHIN_MS = 5_000;
const SETTLED = new Set(['published', 'refused', 'held', 'byHand', 'withdrawn', 'abandoned', 'deleted']);

/**
 * Judges a history from outside: by what stood on the walls, what people were told and what was committed when. It shares no
 * rule with the engine: each one is written here again, from the promise and not from the code.
 */
export class Oracle {
  readonly violations: string[] = [];
  private readonly versions = new Map<string, { row: unknown; commit: Moment }[]>();
  private readonly sendings: Sending[] = [];

  constructor(
    private readonly story: Story,
    private readonly db: MemoryDatabase,
    private readonly walls: Readonly<Record<NetworkName, Wall>>,
  ) {}

  committed(change: Change): void {
    const after = change.after as { id: string } | undefined;
    const before = change.before as { id: string } | undefined;
    const key = `${change.table} ${(after ?? before)!.id}`;
    if (change.table !== 'publications') {
      const list = this.versions.get(key) ?? [{ row: before, commit: { at: 0, order: 0 } }];
      this.versions.set(key, [...list, { row: after, commit: change.commit }]);
      return;
    }
    this.publicationChanged(change.before as PublicationRow | undefined, change.after as PublicationRow, change.statement);
  }

  /** After everything has come to rest. */
  judge(journal: readonly Acknowledged[]): void {
    const rows = this.db.publications.rows();
    for (const row of rows) {
      this.judgeEffects(row, journal);
      this.judgeEnd(row);
      this.judgeNews(row);
    }
    for (const network of ['vk', 'ok'] as const) this.judgeStrangers(network, rows);
    this.judgeLocks(rows);
    if (this.story.faults.length === 0) for (const network of ['vk', 'ok'] as const) this.judgeOrder(network);
  }

  private publicationChanged(before: PublicationRow | undefined, after: PublicationRow, statement: Moment): void {
    if (after.state === 'sending' && before?.state !== 'sending') this.passedPointOfNoReturn({ row: after, statement });
    if (after.state === 'published' && before?.state !== 'published') this.saidPublished(after);
    if (after.state === 'scheduled' && after.withdrawRequestedAt)
      this.accuse(after, 'waits to be sent although somebody was told that it will be taken back');
  }

  private passedPointOfNoReturn(sending: Sending): void {
    this.sendings.push(sending);
    const { row, statement } = sending;
    const post = this.at<PostRow>('posts', row.postId, statement);
    const page = this.at<PageRow>('pages', row.pageId, statement);
    const contract = this.at<ContractRow>('contracts', 'contract', statement);
    const quiet = [...this.db.quiet.slots.keys()].some((id) =>
      isQuiet(this.at<QuietRow>('quiet_periods', id, statement), statement.at),
    );
    const contractor = this.at<ContractorRow>('contractors', row.contractorId, statement);
    if (row.dueAt.getTime() > statement.at) this.accuse(row, 'is sent before it is due');
    if (post?.approvedHash !== row.contentHash) this.accuse(row, 'is sent without an approval of exactly this content');
    if (page?.status !== 'connected') this.accuse(row, 'is sent to a page that is not connected');
    if (!contract?.active || statement.at >= this.story.contractEndsAt) this.accuse(row, 'is sent without a contract in force');
    if (quiet) this.accuse(row, 'is sent in a quiet period');
    if (!contractor?.active) this.accuse(row, 'is sent for a suspended contractor');
    if (row.withdrawRequestedAt) this.accuse(row, 'is sent after it was taken back');
  }

  private saidPublished(row: PublicationRow): void {
    const wall = this.walls[row.network];
    const text = this.textOf(row);
    const post = wall.posts.find(({ externalId, page }) => externalId === row.externalId && page === wallOf(row.network));
    const ours = post && (post.text === text || wall.misnamed.has(text));
    if (!ours) this.accuse(row, `is said to be published as ${row.externalId}, which is not its post`);
  }

  private judgeEffects(row: PublicationRow, journal: readonly Acknowledged[]): void {
    const own = this.walls[row.network].ledger.filter(({ text }) => text.startsWith(`${row.postId} `));
    // What was deleted on the page itself is not there: sending it again is what a look that finds nothing calls for.
    const gone = new Set(this.walls[row.network].posts.flatMap(({ byHand, externalId }) => (byHand ? [externalId] : [])));
    const counted = own.filter(({ externalId }) => !gone.has(externalId));
    for (const text of new Set(counted.map((effect) => effect.text))) {
      const requests = new Set(counted.filter((effect) => effect.text === text).map(({ request }) => request));
      if (requests.size > 1) this.accuse(row, `was published ${requests.size} times`);
    }
    for (const effect of own) this.judgeEffect(row, effect, journal);
  }

  private judgeEffect(row: PublicationRow, effect: Effect, journal: readonly Acknowledged[]): void {
    // Beyond the stated assumption only the count is promised.
    if (effect.at - effect.writtenAt > LATEST_EFFECT_MS) return;
    if (effect.page !== wallOf(row.network)) this.accuse(row, 'is on a page that is not its own');
    const sending = this.sendings.find(
      ({ row: sent, statement }) =>
        sent.id === row.id &&
        this.textOf(sent) === effect.text &&
        statement.at <= effect.writtenAt &&
        effect.writtenAt <= statement.at + SEND_WITHIN_MS,
    );
    if (!sending) this.accuse(row, `sent bytes that no point of no return allowed: "${effect.text}"`);
    if (effect.photos !== this.story.posts[numberOf(row.postId)]!.photos) this.accuse(row, 'was published without its photos');
    const own = journal.filter(({ publicationId }) => publicationId === row.id);
    const taken = own
      .filter(({ act, at, answer }) => act === 'withdraw' && answer === 'withdrawn' && at < effect.writtenAt)
      .at(-1);
    // Whoever wanted it out again, at the same time or later, may have had his way, also where he was not told.
    if (taken && !own.some(({ act, at }) => act !== 'withdraw' && at >= taken.startedAt))
      this.accuse(row, 'went out after somebody was told that it is withdrawn');
  }

  private judgeEnd(row: PublicationRow): void {
    const wall = this.walls[row.network];
    const late = new Set(wall.ledger.flatMap((e) => (e.at - e.writtenAt > LATEST_EFFECT_MS ? [e.externalId] : [])));
    const standing = wall
      .standing(wallOf(row.network))
      .filter(({ text, externalId }) => text === this.textOf(row) && !late.has(externalId));
    const { state, reason } = row;
    const waitsForDeletion = state === 'published' && row.withdrawRequestedAt && row.nextLookAt;
    if (!SETTLED.has(state) || waitsForDeletion) this.accuse(row, `has no end: ${state}`);
    if ((state === 'held' || state === 'refused') && !reason?.code) this.accuse(row, `is ${state} and nobody knows why`);
    if (state === 'refused' && standing.length > 0) this.accuse(row, 'is called refused and stands on the page');
    if (state === 'withdrawn' && standing.length > 0) this.accuse(row, 'is called withdrawn and stands on the page');
    if (state === 'deleted' && standing.some(({ externalId }) => externalId === row.externalId))
      this.accuse(row, 'is called deleted and stands on the page');
  }

  /** What a network said of the last send is kept, however late it came. */
  private judgeNews(row: PublicationRow): void {
    const last = this.db.attempts
      .rows()
      .filter(({ publicationId, sentAt }) => publicationId === row.id && sentAt !== null)
      .sort((a, b) => a.number - b.number)
      .at(-1);
    if (last?.outcome !== 'fenced' || last.externalId === null || last.marker !== row.marker) return;
    if (row.state === 'held' || row.state === 'scheduled') this.accuse(row, 'was told where it stands, and forgot it');
  }

  private judgeStrangers(network: NetworkName, rows: readonly PublicationRow[]): void {
    for (const { text, page } of this.walls[network].ledger) {
      const known = rows.some(
        (row) => row.network === network && text.startsWith(`${row.postId} `) && text.endsWith(` ${network}`),
      );
      if (!known || page !== wallOf(network)) this.violations.push(`"${text}" is on a wall where nobody planned it`);
    }
  }

  /** Who locks a post against its people must have begun to send it. */
  private judgeLocks(rows: readonly PublicationRow[]): void {
    const sent = new Set(this.sendings.map(({ row }) => row.postId));
    for (const post of this.db.posts.rows())
      if (post.lockedAt && !sent.has(post.id))
        this.accuse(
          rows.find(({ postId }) => postId === post.id)!,
          'locks its post and was never sent',
        );
  }

  /** Where nothing went wrong, a page's posts came in the order of the plan. */
  private judgeOrder(network: NetworkName): void {
    const planned = this.story.publications.filter((plan) => plan.network === network).sort((a, b) => a.dueAt - b.dueAt);
    const texts = this.walls[network].ledger.map(({ text }) => text);
    const expected = planned.map(({ post }) => textOf(post, 1, network)).filter((text) => texts.includes(text));
    if (texts.join() !== expected.join()) this.violations.push(`${network}: planned ${expected.join()}, came ${texts.join()}`);
  }

  /** The row as everybody saw it when a statement began. */
  private at<R>(
    table: 'posts' | 'pages' | 'contracts' | 'quiet_periods' | 'contractors',
    id: string,
    { order }: Moment,
  ): R | undefined {
    const versions = this.versions.get(`${table} ${id}`);
    if (versions) return versions.filter(({ commit }) => commit.order < order).at(-1)?.row as R | undefined;
    const tables = { posts: this.db.posts, pages: this.db.pages, contracts: this.db.contracts, quiet_periods: this.db.quiet };
    return { ...tables, contractors: this.db.contractors }[table].get(id) as R | undefined;
  }

  private textOf({ postId, postVersion, network }: PublicationRow): string {
    return textOf(numberOf(postId), postVersion, network);
  }

  private accuse({ id, network, state }: PublicationRow, what: string): void {
    const violation = `${network} ${id.slice(-4)} (${state}) ${what}`;
    if (!this.violations.includes(violation)) this.violations.push(violation);
  }
}

function isQuiet(period: QuietRow | undefined, at: number): boolean {
  return period !== undefined && period.startsAt <= at && (period.endsAt === null || at < period.endsAt);
}
