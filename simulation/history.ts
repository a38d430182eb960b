import type { NetworkName } from '../src/networks/network.js';
import { CONTRACTOR, pageOf, setTheScene, wallOf } from './cast.js';
import { Doorbells, type Payload } from './doorbells.js';
import { buildEngine, type Engine, type Plant, type Surroundings } from './engine.js';
import { type Act, Occasions } from './faults.js';
import { MemoryDatabase, type Change } from './memory/database.js';
import { DatabaseError } from './memory/table.js';
import type { OutboxRow, PublicationRow } from './memory/rows.js';
import { Oracle } from './oracle.js';
import { People } from './people.js';
import { type Machine, SimProcess } from './process.js';
import { Random } from './random.js';
import { Scheduler } from './scheduler.js';
import type { Story } from './story.js';
import { SimTimers } from './timers.js';
import { Wall } from './wall.js';

export interface Result {
  readonly violations: readonly string[];
  /** How each publication ended. */
  readonly ends: readonly string[];
  readonly steps: number;
}

export interface Options {
  /** Replaces ports by faulty ones. */
  readonly plant?: Plant;
  readonly trace?: (line: string) => void;
}

const UNHARMED: Plant = (ports) => ports;
/** More steps than any history takes that comes to an end. */
const MOST_STEPS = 60_000;

/** Runs one history from its first to its last instant, and says what it broke. The same story runs the same way always. */
export async function runHistory(story: Story, options: Options = {}): Promise<Result> {
  const stage = new Stage(story, options);
  await stage.run();
  return stage.result();
}

class Stage {
  private readonly machine: Machine;
  private readonly db: MemoryDatabase;
  private readonly walls: Record<NetworkName, Wall>;
  private readonly oracle: Oracle;
  private readonly workers: SimProcess[];
  private readonly engines = new Map<SimProcess, Engine>();
  private readonly doorbells: Doorbells;
  private readonly timers: SimTimers;
  private readonly people: People;
  private readonly api: SimProcess;
  private ids = 0;

  constructor(
    private readonly story: Story,
    private readonly options: Options,
  ) {
    const random = new Random(story.seed ^ 0x5bd1e995);
    const scheduler = new Scheduler(story.startsAt, random, () => this.beforeStep());
    this.machine = {
      scheduler,
      random,
      occasions: new Occasions(story.faults),
      trace: (line) => this.trace(line),
      act: (act, target) => scheduler.at(scheduler.now, () => this.act(act, target)),
    };
    this.walls = { vk: new Wall('vk', this.machine), ok: new Wall('ok', this.machine) };
    this.db = new MemoryDatabase(
      () => scheduler.now,
      (time, run) => scheduler.at(time, run),
    );
    this.oracle = new Oracle(story, this.db, this.walls);
    this.db.committed = (change) => this.committed(change);
    this.workers = ['worker 0', 'worker 1'].map((name) => this.process(name));
    this.api = this.process('api');
    const workers = (): readonly SimProcess[] => this.workers;
    this.doorbells = new Doorbells(
      this.machine,
      workers,
      (worker, job, payload) => this.work(worker, job, payload),
      (error) => this.failed(error),
    );
    this.timers = new SimTimers(this.machine, this.db, workers, {
      dispatch: (worker) => this.engine(worker).jobs.dispatch(),
      sweep: (worker) => this.engine(worker).jobs.sweep(),
      failed: (error) => this.failed(error),
    });
    const nextId = (): string => this.nextId();
    this.people = new People(this.api, () => this.engine(this.api), { db: this.db, walls: this.walls, nextId });
    setTheScene(this.db, story, nextId);
    if (story.older) this.standLongAgo(story.startsAt);
    for (const fault of story.faults) {
      if (fault.kind === 'clock') this.workers[fault.worker]!.clockShiftMs = fault.ms;
      if (fault.kind !== 'person') continue;
      const dueAt = story.publications[fault.target]?.dueAt ?? story.startsAt;
      const at = dueAt + (fault.act === 'settle' ? Math.abs(fault.ms) : fault.ms);
      scheduler.at(at, () => this.act(fault.act, fault.target));
    }
  }

  async run(): Promise<void> {
    await this.machine.scheduler.run(this.story.endsAt);
    this.oracle.judge(this.people.journal);
  }

  result(): Result {
    const ends = this.db.publications.rows().map(({ network, state }) => `${network} ${state}`);
    return { violations: this.oracle.violations, ends, steps: this.machine.scheduler.steps };
  }

  /** On each page stands a post of somebody else's that reconciliation has seen. */
  private standLongAgo(startsAt: number): void {
    for (const network of ['vk', 'ok'] as const) {
      const externalId = this.walls[network].stood(wallOf(network), startsAt - 86_400_000);
      const publishedAt = new Date(startsAt - 86_400_000);
      const row = { contractorId: CONTRACTOR, pageId: pageOf(network), externalId, publishedAt };
      this.db.outside.seed({ ...row, id: this.nextId() });
    }
  }

  private act(act: Act, target: number): void {
    this.api.start(
      () => this.people.act(act, target),
      (error) => this.failed(error),
    );
  }

  private process(name: string): SimProcess {
    const process: SimProcess = new SimProcess(name, this.machine, {
      died: () => {
        this.engines.delete(process);
        this.doorbells.died(process);
      },
      restarted: () => {
        this.timers.dirty = true;
      },
    });
    return process;
  }

  /** A process builds its services anew after each start: nothing of an earlier life is left. */
  private engine(process: SimProcess): Engine {
    const known = this.engines.get(process);
    if (known) return known;
    const around: Surroundings = {
      ...{ db: this.db, walls: this.walls, doorbells: this.doorbells, nextId: () => this.nextId() },
      plant: this.options.plant ?? UNHARMED,
    };
    const engine = buildEngine(process, around);
    this.engines.set(process, engine);
    return engine;
  }

  private work(worker: SimProcess, job: string, payload: Payload): Promise<void> {
    const { jobs } = this.engine(worker);
    const { contractorId, publicationId = '' } = payload;
    if (job === 'holdUnapproved') return jobs.holdUnapproved(payload as Parameters<typeof jobs.holdUnapproved>[0]);
    return jobs[job as 'publish' | 'prepare' | 'resolve' | 'delete'](contractorId, publicationId);
  }

  private committed(change: Change): void {
    if (change.table === 'outbox') return this.relay(change.after as OutboxRow);
    if (change.table === 'publications') {
      this.timers.dirty = true;
      const { network, externalId } = change.after as PublicationRow;
      if (externalId !== null) this.walls[network].known.add(externalId);
    }
    this.oracle.committed(change);
    this.trace(() => `committed ${change.table} ${describe(change.before)} → ${describe(change.after)}`);
  }

  private relay({ id, name, payload }: OutboxRow): void {
    if (name === 'post.approvalVoided')
      this.doorbells.deliver('holdUnapproved', payload as Payload, id, this.machine.random.between(1, 3_000));
  }

  private beforeStep(): void {
    this.timers.look();
    if (this.machine.scheduler.steps > MOST_STEPS)
      throw new Error(`story ${this.story.seed} finds no end: ${this.oracle.violations[0] ?? 'nothing was wrong'}`);
  }

  /** Jobs may fail: what the database says is enough to go on. Anything but a refusal of the database is a mistake of code. */
  private failed(error: unknown): void {
    if (error === undefined || error instanceof DatabaseError) return;
    const failure = `a job failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    if (!this.oracle.violations.includes(failure)) this.oracle.violations.push(failure);
  }

  private nextId(): string {
    this.ids += 1;
    return `00000000-0000-7000-8000-${String(this.ids).padStart(12, '0')}`;
  }

  private trace(line: () => string): void {
    const { trace } = this.options;
    if (!trace) return;
    const seconds = (this.machine.scheduler.now - this.story.startsAt) / 1_000;
    trace(`${seconds.toFixed(3).padStart(10)} ${line()}`);
  }
}

function describe(row: unknown): string {
  if (row === undefined) return 'nothing';
  const { id, state, status, outcome, fence } = row as Record<string, unknown>;
  return [String(id).slice(-6), state ?? status ?? outcome ?? '', fence === undefined ? '' : `fence ${String(fence)}`]
    .join(' ')
    .trim();
}
