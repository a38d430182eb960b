import type { NetworkName } from '../src/networks/network.js';
import type { Tx } from '../src/platform/database/work.js';
import { wholeContractor } from '../src/platform/database/scope.js';
import { worker } from '../src/modules/audit/audit.js';
import type { PublicationState } from '../src/modules/publishing/publication.js';
import { contentOfVersion, CONTRACTOR, numberOf, plannedOf, REGION, textOf, wallOf } from './cast.js';
import type { Engine } from './engine.js';
import type { Act } from './faults.js';
import { memory, type MemoryDatabase, type MemoryTx } from './memory/database.js';
import type { PostRow, PublicationRow } from './memory/rows.js';
import type { SimProcess } from './process.js';
import type { Wall } from './wall.js';

/** What somebody was told: only then has he a right to rely on it. */
export interface Acknowledged {
  readonly act: 'withdraw' | 'plan' | 'sendAgain';
  readonly publicationId: string;
  readonly startedAt: number;
  /** When he was told; never, when the answer was lost. */
  at: number;
  answer: PublicationState | 'done' | undefined;
}

type Shown = Pick<PublicationRow, 'network' | 'postId' | 'postVersion'>;

interface Scene {
  readonly db: MemoryDatabase;
  readonly walls: Readonly<Record<NetworkName, Wall>>;
  readonly nextId: () => string;
}

const GIVEN_UP = { code: 'given-up', message: 'Решено не публиковать' };
const VOIDED = 'post.approvalVoided';

/** What people do, each act in one transaction as the services of the API write it. */
export class People {
  readonly journal: Acknowledged[] = [];

  constructor(
    private readonly process: SimProcess,
    private readonly engine: () => Engine,
    private readonly scene: Scene,
  ) {}

  async act(act: Act, target: number): Promise<void> {
    const publication = [...this.scene.db.publications.rows()][target];
    if (!publication) return;
    this.process.machine.trace(() => `somebody: ${act} ${publication.id} (${publication.state})`);
    const acts: Record<Act, () => Promise<unknown>> = {
      withdraw: () => this.withdraw(publication),
      edit: () => this.edit(publication),
      revoke: () => this.changePost(publication, { approvedHash: null, status: 'changesRequested' }),
      approve: () => this.approve(publication),
      reschedule: () => this.plan(publication),
      disconnect: () => this.changePage(publication, 'disconnected'),
      reconnect: () => this.changePage(publication, 'connected'),
      endContract: () =>
        this.write('endContract', (t) => t.update(t.db.contracts, { where: () => true, set: (c) => ({ ...c, active: false }) })),
      quiet: () => this.write('quiet', (t, now) => this.beQuiet(t, now)),
      suspend: () =>
        this.write('suspend', (t) => t.update(t.db.contractors, { where: () => true, set: (c) => ({ ...c, active: false }) })),
      deleteByHand: () => Promise.resolve(this.deleteByHand(publication)),
      settle: () => this.settle(publication),
    };
    await acts[act]();
  }

  private async withdraw({ id }: PublicationRow): Promise<void> {
    const { work, ports, records } = this.engine();
    const told = this.begin('withdraw', id);
    const answer = await work.forTenant(wholeContractor(CONTRACTOR), async (tx) => {
      const { clientId } = await records.require(tx, CONTRACTOR, id);
      const state = await ports.publications.withdraw(tx, CONTRACTOR, id);
      if (state === 'withdrawn') await records.moved(tx, worker(CONTRACTOR), { id, clientId, state }, {});
      return state;
    });
    told(answer);
  }

  /** Another text; more often than not it is approved and scheduled again a little later. */
  private async edit(publication: PublicationRow): Promise<void> {
    const { random } = this.process.machine;
    await this.write('editPost', async (t) => {
      const rows = await t.update(t.db.posts, {
        id: publication.postId,
        where: (post) => post.lockedAt === null,
        set: (post) => ({ ...post, ...contentOfVersion(numberOf(post.id), post.postVersion + 1), ...NOT_APPROVED }),
      });
      if (rows.length > 0) this.void(t, rows[0]!);
    });
    if (random.chance(0.6)) await this.approve(publication);
    if (random.chance(0.7)) await this.plan(publication);
  }

  private async approve({ postId }: PublicationRow): Promise<void> {
    await this.process.port('people.read', 1, 20_000);
    await this.write('approvePost', (t) =>
      t.update(t.db.posts, {
        id: postId,
        where: (post) => post.status !== 'approved' && post.lockedAt === null,
        set: (post): PostRow => ({ ...post, status: 'approved', approvedHash: post.contentHash }),
      }),
    );
  }

  private async changePost({ postId }: PublicationRow, change: Partial<PostRow>): Promise<void> {
    await this.write('editPost', async (t) => {
      const [post] = await t.update(t.db.posts, {
        id: postId,
        where: (row) => row.status === 'approved' && row.lockedAt === null,
        set: (row) => ({ ...row, ...change }),
      });
      if (post) this.void(t, post);
    });
  }

  private async plan({ id, postId, postVersion, network, onAmbiguity }: PublicationRow): Promise<void> {
    const { work, ports } = this.engine();
    const { random, scheduler } = this.process.machine;
    if (this.stands({ network, postId, postVersion })) return;
    const told = this.begin('plan', id);
    const planned = await work.forTenant(wholeContractor(CONTRACTOR), async (tx) => {
      const post = await ports.posts.require(tx, CONTRACTOR, postId);
      if (post.status !== 'approved') return undefined;
      const content = { post: numberOf(postId), version: post.postVersion, network };
      const dueAt = scheduler.now + random.between(0, 10 * 60_000);
      const plan = { dueAt, onAmbiguity, latenessMinutes: 60, id: this.scene.nextId(), marker: this.scene.nextId() };
      return ports.publications.plan(tx, plannedOf(content, plan));
    });
    if (planned) told('done');
  }

  private async changePage({ pageId, network }: PublicationRow, status: 'connected' | 'disconnected'): Promise<void> {
    await this.write('changePage', (t) =>
      t.update(t.db.pages, {
        id: pageId,
        where: () => true,
        set: (page) => ({ ...page, status, secrets: status === 'connected', statusReason: null }),
      }),
    );
    if (status === 'connected') this.scene.walls[network].deadPages.delete(wallOf(network));
  }

  private beQuiet(t: MemoryTx, now: number): void {
    t.insert(t.db.quiet, {
      id: this.scene.nextId(),
      contractorId: CONTRACTOR,
      clientId: null,
      // Of every client, then of the client's region, and so on.
      regionCode: t.all(t.db.quiet).length % 2 === 0 ? null : REGION,
      startsAt: now,
      endsAt: now + 600_000,
    });
  }

  private deleteByHand({ network }: PublicationRow): void {
    this.scene.walls[network].removeByHand(wallOf(network));
  }

  /** An honest person: looks at the page first, and only then says what he saw. */
  private async settle({ id, network, postId, postVersion }: PublicationRow): Promise<void> {
    const { work, ports } = this.engine();
    const { random } = this.process.machine;
    const state = this.scene.db.publications.get(id)?.state;
    if (state !== 'held' && state !== 'unclear' && state !== 'refused') return;
    const find = (): { externalId: string } | undefined => this.stands({ network, postId, postVersion });
    const found = find();
    const decide = (decision: (tx: Tx) => Promise<boolean>): Promise<boolean> =>
      work.forTenant(wholeContractor(CONTRACTOR), decision);
    const key = { contractorId: CONTRACTOR, id };
    if (found) {
      const post = { externalId: found.externalId, url: '', reason: null };
      await decide((tx) => ports.decisions.adopt(tx, key, state, post));
    } else if (random.chance(0.7)) {
      const told = this.begin('sendAgain', id);
      if (await decide(async (tx) => !find() && (await ports.decisions.sendAgain(tx, key, state)))) told('done');
    } else await decide(async (tx) => !find() && (await ports.decisions.giveUp(tx, key, state, GIVEN_UP)));
  }

  /** Nobody schedules again what he sees on the page. */
  private stands({ network, postId, postVersion }: Shown): { externalId: string } | undefined {
    const text = textOf(numberOf(postId), postVersion, network);
    return this.scene.walls[network].standing(wallOf(network)).find((post) => post.text === text);
  }

  private async write(name: string, run: (t: MemoryTx, now: number) => unknown): Promise<void> {
    await this.engine().work.forTenant(wholeContractor(CONTRACTOR), async (tx) => {
      const t = memory(tx);
      await t.statement(name, async (now) => {
        await run(t, now);
      });
    });
  }

  private void(t: MemoryTx, { clientId, id: postId }: PostRow): void {
    t.insert(t.db.outbox, { id: this.scene.nextId(), name: VOIDED, payload: { contractorId: CONTRACTOR, clientId, postId } });
  }

  private begin(act: Acknowledged['act'], publicationId: string): (answer: Acknowledged['answer']) => void {
    const { scheduler } = this.process.machine;
    const entry: Acknowledged = { act, publicationId, startedAt: scheduler.now, at: Infinity, answer: undefined };
    this.journal.push(entry);
    return (answer) => Object.assign(entry, { at: scheduler.now, answer });
  }
}

const NOT_APPROVED = { status: 'draft', approvedHash: null } as const;
