import type { NetworkName } from '../src/networks/network.js';
import { Networks } from '../src/networks/networks.js';
import type { AuditService } from '../src/modules/audit/audit.service.js';
import type { Metrics } from '../src/platform/observability/metrics.js';
import type { Outbox } from '../src/platform/queue/outbox.js';
import type { Budgets } from '../src/modules/publishing/budgets.service.js';
import type { UnitOfWork } from '../src/platform/database/work.js';
import { DeletionService } from '../src/modules/publishing/deletion.service.js';
import { DispatchRows, DispatchService } from '../src/modules/publishing/dispatch.service.js';
import { HoldUnapprovedJob } from '../src/modules/publishing/hold-unapproved.job.js';
import { PreparationService, PreparationTools } from '../src/modules/publishing/preparation.service.js';
import { PublicationReader, ReaderParts } from '../src/modules/publishing/publication-reader.service.js';
import { PublicationRecords } from '../src/modules/publishing/publishing-parts.service.js';
import { ResolutionService, ResolutionTools } from '../src/modules/publishing/resolution.service.js';
import { SendingRows, SendingService, SendingTools } from '../src/modules/publishing/sending.service.js';
import { Uploader } from '../src/modules/publishing/uploader.service.js';
import { unitOfWork } from './data-source.js';
import type { Doorbells } from './doorbells.js';
import { MemoryClaimStore } from './memory/claim.memory.js';
import { MemoryDecisionStore } from './memory/decision.memory.js';
import { memory, type MemoryDatabase } from './memory/database.js';
import { MemoryDispatchStore, MemoryTurnStore } from './memory/dispatch.memory.js';
import { MemoryConnections, MemoryPages, MemoryPosts } from './memory/modules.memory.js';
import { MemoryPublicationStore } from './memory/publication.memory.js';
import { MemoryResolutionStore } from './memory/resolution.memory.js';
import { MemoryUploadStore } from './memory/upload.memory.js';
import { SimNetwork } from './network.js';
import type { SimProcess } from './process.js';
import type { Wall } from './wall.js';

/** Everything behind the services that a process is given. A planted bug replaces one of them. */
export interface Ports {
  readonly claims: MemoryClaimStore;
  readonly resolution: MemoryResolutionStore;
  readonly publications: MemoryPublicationStore;
  readonly uploads: MemoryUploadStore;
  readonly decisions: MemoryDecisionStore;
  readonly dispatch: MemoryDispatchStore;
  readonly turns: MemoryTurnStore;
  readonly posts: MemoryPosts;
  readonly pages: MemoryPages;
  readonly networks: Readonly<Record<NetworkName, SimNetwork>>;
}

/** Leaves everything as it is, or puts a mistake into it. */
export type Plant = (ports: Ports, process: SimProcess, db: MemoryDatabase) => Ports;

export interface Jobs {
  readonly publish: (contractorId: string, id: string) => Promise<void>;
  readonly prepare: (contractorId: string, id: string) => Promise<void>;
  readonly resolve: (contractorId: string, id: string) => Promise<void>;
  readonly delete: (contractorId: string, id: string) => Promise<void>;
  readonly holdUnapproved: (payload: { contractorId: string; clientId: string; postId: string }) => Promise<void>;
  readonly dispatch: () => Promise<void>;
  readonly sweep: () => Promise<void>;
}

export interface Surroundings {
  readonly db: MemoryDatabase;
  readonly walls: Readonly<Record<NetworkName, Wall>>;
  readonly doorbells: Doorbells;
  readonly nextId: () => string;
  readonly plant: Plant;
}

/** What a process works with: the real services over simulated ports. */
export interface Engine {
  readonly work: UnitOfWork;
  readonly ports: Ports;
  readonly records: PublicationRecords;
  readonly jobs: Jobs;
}

export function buildEngine(process: SimProcess, around: Surroundings): Engine {
  const { db, walls, doorbells, nextId } = around;
  const ports = around.plant(portsOf(process, walls), process, db);
  const work = unitOfWork(process, db);
  const simulated = { work, ports, ids: { next: nextId }, networks: new Networks(ports.networks), clock: process };
  const records = new PublicationRecords(...pass<typeof PublicationRecords>([ports.publications, SILENT, outbox(nextId)]));
  const jobs = jobsOf(simulated, { records, doorbells, process });
  return { work, ports, records, jobs };
}

function portsOf(process: SimProcess, walls: Surroundings['walls']): Ports {
  return {
    ...{ claims: new MemoryClaimStore(), resolution: new MemoryResolutionStore(), publications: new MemoryPublicationStore() },
    ...{ uploads: new MemoryUploadStore(), decisions: new MemoryDecisionStore(), dispatch: new MemoryDispatchStore() },
    ...{ turns: new MemoryTurnStore(), posts: new MemoryPosts(), pages: new MemoryPages() },
    networks: { vk: new SimNetwork('vk', walls.vk, process), ok: new SimNetwork('ok', walls.ok, process) },
  };
}

interface Simulated {
  readonly work: UnitOfWork;
  readonly ports: Ports;
  readonly ids: { next: () => string };
  readonly networks: Networks;
  readonly clock: SimProcess;
}

function jobsOf(
  { work, ports, ids, networks, clock }: Simulated,
  { records, doorbells, process }: { records: PublicationRecords; doorbells: Doorbells; process: SimProcess },
): Jobs {
  const { claims, resolution, publications, uploads, posts, pages, dispatch, turns } = ports;
  const budgets = budgetsOf(process);
  const storage = { get: () => Promise.resolve(new Uint8Array()) };
  const reader = new PublicationReader(
    work,
    new ReaderParts(...pass<typeof ReaderParts>([publications, uploads, posts, pages, new MemoryConnections()])),
  );
  const tools = new ResolutionTools(...pass<typeof ResolutionTools>([networks, budgets, pages, ids]));
  const sending = new SendingService(
    ...pass<typeof SendingService>([
      work,
      reader,
      new SendingRows(...pass<typeof SendingRows>([claims, records, budgets, ids])),
      new SendingTools(...pass<typeof SendingTools>([networks, posts, pages, clock, METRICS])),
    ]),
  );
  const uploader = new Uploader(...pass<typeof Uploader>([networks, storage]));
  const preparing = new PreparationTools(...pass<typeof PreparationTools>([uploader, pages, budgets]));
  const preparation = new PreparationService(...pass<typeof PreparationService>([work, reader, uploads, records, preparing]));
  const resolving = new ResolutionService(...pass<typeof ResolutionService>([work, reader, resolution, records, tools]));
  const deletion = new DeletionService(...pass<typeof DeletionService>([work, reader, resolution, records, tools]));
  const rows = new DispatchRows(...pass<typeof DispatchRows>([turns, resolution, records, STEADY]));
  const dispatcher = new DispatchService(...pass<typeof DispatchService>([work, dispatch, rows, doorbells.of(process), METRICS]));
  const holding = new HoldUnapprovedJob(work, records);
  return {
    publish: (contractorId, id) => sending.send(contractorId, id),
    prepare: (contractorId, id) => preparation.prepare(contractorId, id),
    resolve: (contractorId, id) => resolving.resolve(contractorId, id),
    delete: (contractorId, id) => deletion.delete(contractorId, id),
    holdUnapproved: (payload) => holding.run(payload),
    dispatch: async () => {
      await dispatcher.prepare();
      await dispatcher.dispatch();
    },
    sweep: () => dispatcher.sweep(),
  };
}

/** What a class shows to others; a port may leave out what publishing never asks for. */
type Port<T> = Partial<Pick<T, keyof T>>;

/**
 * The one place where simulated ports pass for the classes that the services name: TypeScript compares those by their
 * private members as well, which a port has not.
 */
function pass<C extends abstract new (...parts: never[]) => unknown>(parts: {
  [I in keyof ConstructorParameters<C>]: Port<ConstructorParameters<C>[I]>;
}): ConstructorParameters<C> {
  return parts as unknown as ConstructorParameters<C>;
}

const SILENT: Port<AuditService> = { record: () => Promise.resolve() };
const nothing = { inc: () => undefined, observe: () => undefined, set: () => undefined };
/** Nobody sets the database's clock here. */
const STEADY = { trusts: () => Promise.resolve(true) };
const METRICS = { publicationOutcomes: nothing, publicationLateness: nothing, overduePublications: nothing } as object as Metrics;

/** Rows of the outbox, written with the transaction; who reads them is told by the doorbells. */
function outbox(nextId: () => string): Port<Outbox> {
  return {
    publish: (tx, { name }, payload) => {
      const t = memory(tx);
      t.insert(t.db.outbox, { id: nextId(), name, payload });
      return Promise.resolve();
    },
  };
}

/** Turns are there at once, or not yet. Parking pages only delays, so it is left to the dispatcher's own tests. */
function budgetsOf({ machine }: SimProcess): Port<Budgets> {
  return {
    turn: () => Promise.resolve(machine.occasions.next('turn')?.ms ?? 0),
    open: () => Promise.resolve(null),
    outdated: () => false,
    leave: () => Promise.resolve(0),
    park: () => Promise.resolve(),
    made: () => Promise.resolve(),
  };
}
