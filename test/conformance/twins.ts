import pg from 'pg';
import { UnitOfWork, type Tx } from '../../src/platform/database/work.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { MemoryDatabase, type MemoryTx } from '../../simulation/memory/database.js';
import type { PublicationRow } from '../../simulation/memory/rows.js';
import { type Agency, anAgency, connectedPages } from '../builders/agency.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

/** What both sides hold after an operation, and what it answered. */
export interface Outcome {
  readonly answer: unknown;
  readonly rows: Record<string, unknown[]>;
}

/** Columns of these tables belong to parts that the simulation leaves out. */
const LEFT_OUT = new Set(['maxLateness', 'nextCheckAt', 'approvals', 'changedXid']);
const TABLES = ['publications', 'publication_attempts', 'publication_uploads', 'publication_looks'] as const;
const PUBLICATIONS = `select *, (extract(epoch from max_lateness) * 1000)::integer as max_lateness_ms from publications order by id`;

const COPIED = {
  publications: PUBLICATIONS,
  attempts: 'select * from publication_attempts',
  uploads: 'select * from publication_uploads',
  looks: 'select * from publication_looks',
  posts: 'select * from posts',
  pages: 'select * from pages',
  contracts: `select c.*, array(select page_id::text from contract_pages p where p.contract_id = c.id) as page_ids from contracts c`,
  doubts: 'select id from clock_doubts where confirmed_at is null',
  clients: 'select id, region_code from clients',
  quiet: 'select * from quiet_periods',
  outside: 'select * from outside_posts',
  contractors: 'select * from contractors',
};

const COMPARED = {
  publications: PUBLICATIONS,
  attempts: 'select * from publication_attempts order by number',
  uploads: 'select * from publication_uploads order by position',
  looks: 'select * from publication_looks order by id',
  locks: 'select id, locked_at, status from posts order by id',
  pages: 'select id, status, status_reason from pages order by id',
};

/**
 * The same rows twice: in PostgreSQL and in the simulation's memory. An operation is done to both, and both must answer the
 * same and hold the same rows afterwards. Time stands still.
 */
export class Twins {
  private constructor(
    readonly harness: Harness,
    readonly agency: Agency,
    /** Due now, on VK. */
    readonly id: string,
    /** The same post's publication on OK. */
    readonly other: string,
    /** Another post on the same VK page. */
    readonly neighbour: string,
    readonly now: Date,
    private readonly work: UnitOfWork,
  ) {}

  static async start(): Promise<Twins> {
    const harness = await Harness.start();
    const agency = await anAgency(harness);
    await connectedPages(harness, agency.owner, agency.client.id);
    const soon = new Date(Math.ceil(harness.clock.now().getTime() / 1_000) * 1_000 + 3_600_000);
    const [vk, ok] = await schedule(agency, await anApprovedPost(agency), soon);
    const [next] = await schedule(agency, await anApprovedPost(agency), soon, [agency.vkPage]);
    const byNetwork = (network: string): Loose => [vk, ok].find((publication) => publication?.network === network);
    const now = new Date(soon.getTime() + 10_000);
    const twins = new Twins(
      ...([harness, agency, byNetwork('vk').id, byNetwork('ok').id, next!.id, now] as const),
      harness.app.get(UnitOfWork),
    );
    await twins.stopTime();
    await twins.freeze();
    return twins;
  }

  close(): Promise<void> {
    return this.harness.close();
  }

  get key(): { contractorId: string; clientId: string; publicationId: string; id: string } {
    return { contractorId: this.agency.contractorId, clientId: this.agency.client.id, publicationId: this.id, id: this.id };
  }

  /** Back to the beginning, and then changed by these statements. */
  async reset(...statements: string[]): Promise<void> {
    await this.harness.sql(
      `begin; set local session_replication_role = replica;
       ${TABLES.map((table) => `delete from ${table};`).join(' ')} delete from quiet_periods; delete from clock_doubts; delete from outside_posts; delete from page_lanes;
       insert into publications select * from frozen.publications;
       update posts p set status = f.status, approved_hash = f.approved_hash, locked_at = null from frozen.posts f where f.id = p.id;
       update pages p set status = f.status from frozen.pages f where f.id = p.id;
       update contracts c set status = f.status, terminated_at = null, starts_at = f.starts_at, ends_at = f.ends_at
         from frozen.contracts f where f.id = c.id;
       update clients set region_code = '41'; update contractors set status = 'active'; update network_budgets set tat = '-infinity';
       ${statements.join('; ')}; commit`
        .replaceAll(':id', `'${this.id}'`)
        .replaceAll(':now', `'${this.now.toISOString()}'::timestamptz`),
    );
  }

  /** Does the operation to both. */
  async both<T>(inDatabase: (tx: Tx) => Promise<T>, inMemory: (tx: Tx) => Promise<T>): Promise<[Outcome, Outcome]> {
    const memory = await this.copy();
    const answer = await attempt(this.work.forTenant(wholeContractor(this.agency.contractorId), inDatabase));
    const real = { answer, rows: await this.rows() };
    const tx = this.begin(memory);
    const twin = await attempt(inMemory(tx as unknown as Tx));
    if (isFailure(twin)) tx.rollback();
    else tx.commit();
    return [real, { answer: twin, rows: rowsOf(memory) }];
  }

  /** As `both`, for what works across tenants. */
  async bothAcross<T>(inDatabase: (tx: Tx) => Promise<T>, inMemory: (tx: Tx) => Promise<T>): Promise<[Outcome, Outcome]> {
    const memory = await this.copy();
    const answer = await this.work.acrossTenants('conformance', inDatabase);
    const tx = this.begin(memory);
    const twin = await inMemory(tx as unknown as Tx);
    tx.commit();
    return [
      { answer, rows: await this.rows() },
      { answer: twin, rows: rowsOf(memory) },
    ];
  }

  begin(memory: MemoryDatabase): MemoryTx {
    return memory.begin({ port: () => Promise.resolve(), answer: () => Promise.resolve() });
  }

  forTenant<T>(run: (tx: Tx) => Promise<T>): Promise<T> {
    return this.work.forTenant(wholeContractor(this.agency.contractorId), run);
  }

  /** PostgreSQL's rows, as the simulation holds them. */
  async copy(): Promise<MemoryDatabase> {
    const db = new MemoryDatabase(
      () => this.now.getTime(),
      () => undefined,
    );
    const read = await this.harness.sqlEach(COPIED);
    const of = (name: keyof typeof COPIED): Loose[] => read[name].map(camel);
    for (const row of of('publications')) db.publications.seed(row as unknown as PublicationRow);
    for (const row of of('attempts')) db.attempts.seed(row as never);
    for (const row of of('uploads')) db.uploads.seed({ ...row, id: `${row.publicationId}/${row.position}` } as never);
    for (const row of of('looks')) db.looks.seed(row as never);
    for (const row of of('posts')) db.posts.seed(row as never);
    for (const row of of('pages')) db.pages.seed(row as never);
    for (const row of of('contracts'))
      db.contracts.seed({ ...row, active: row.status === 'active', startsAt: +row.startsAt, endsAt: +row.endsAt } as never);
    for (const row of of('doubts')) db.doubts.seed(row as never);
    for (const row of of('clients')) db.clients.seed(row as never);
    for (const row of of('quiet')) db.quiet.seed({ ...row, startsAt: +row.startsAt, endsAt: row.endsAt && +row.endsAt } as never);
    for (const row of of('outside')) db.outside.seed(row as never);
    for (const row of of('contractors')) db.contractors.seed({ id: row.contractorId, active: row.status === 'active' });
    return db;
  }

  async rows(): Promise<Outcome['rows']> {
    const read = Object.entries(await this.harness.sqlEach(COMPARED));
    return Object.fromEntries(read.map(([name, rows]) => [name, rows.map((row) => bare(camel(row)))]));
  }

  private async stopTime(): Promise<void> {
    const owner = new pg.Client({ connectionString: this.harness.database.ownerUrl });
    await owner.connect();
    const now = `create or replace function app_now() returns timestamptz language sql volatile as $$ select '${this.now.toISOString()}'::timestamptz $$`;
    await owner.query(now).finally(() => owner.end());
  }

  private async freeze(): Promise<void> {
    await this.harness.sql(
      `create schema frozen; create table frozen.publications as table publications; create table frozen.posts as table posts;
       create table frozen.pages as table pages; create table frozen.contracts as table contracts;
       update frozen.publications set prepared_at = '${this.now.toISOString()}'::timestamptz - interval '5 minutes'`,
    );
  }
}

export function rowsOf(db: MemoryDatabase): Outcome['rows'] {
  const sorted = <R extends object>(rows: R[], by: (row: R) => string | number): unknown[] =>
    rows.sort((a, b) => (by(a) < by(b) ? -1 : 1)).map((row) => bare(row));
  const upload = ({ id: _, ...row }: Loose): object => row;
  return {
    publications: sorted(db.publications.rows(), ({ id }) => id),
    attempts: sorted(db.attempts.rows(), ({ number }) => number),
    uploads: sorted(db.uploads.rows().map(upload as never), ({ position }: Loose) => position),
    looks: sorted(db.looks.rows(), ({ id }) => id),
    locks: sorted(db.posts.rows(), ({ id }) => id).map(pick('id', 'lockedAt', 'status')),
    pages: sorted(db.pages.rows(), ({ id }) => id).map(pick('id', 'status', 'statusReason')),
  };
}

/** The answer, or PostgreSQL's code of the error. */
export async function attempt(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as { code?: string };
    if (!code) throw error;
    return { failed: code };
  }
}

export function isFailure(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'failed' in answer;
}

function camel(row: Loose): Loose {
  const name = (column: string): string => column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [name(column), value]));
}

/** Comparable: without what the simulation leaves out, with instants as text. */
function bare(row: object): Record<string, unknown> {
  const kept = Object.entries(row).filter(([name]) => !LEFT_OUT.has(name));
  return JSON.parse(JSON.stringify(Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))))) as Record<string, unknown>;
}

function pick(...names: string[]): (row: unknown) => unknown {
  return (row) => Object.fromEntries(names.map((name) => [name, (row as Loose)[name]]));
}
