import { pause, untilAnswers } from './processes.mjs';
import { NETWORK_FAULTS } from './network-faults.mjs';

/** Longer than a worker's lease of half a minute. */
const STOP_MS = [62_000, 72_000];
/** Of BullMQ on PostgreSQL: whatever it knows of jobs. */
const WIPE = `do $$ declare of_queue text; begin
  for of_queue in select tablename from pg_tables where schemaname = 'bullmq' and tablename <> 'migration' loop
    execute format('truncate bullmq.%I cascade', of_queue);
  end loop; end $$`;

/** Breaks things by a plan that the seed makes, and notes what it broke and when. */
export class Nemesis {
  constructor({ system, world, journal, say }, { random, until, without }) {
    Object.assign(this, { system, world, journal, say, random, until, beganAt: Date.now() });
    this.counts = {};
    this.background = new Set();
    this.plans = [FAULTS, NETWORK_FAULTS].map((faults) => Object.entries(faults).filter(([name]) => !without.includes(name)));
  }

  /** Machines and wires break one after the other, and the networks misbehave at the same time. */
  async run(signal) {
    const [machines, networks] = this.plans;
    await Promise.all([this.break(machines, [300, 2_500], signal), this.break(networks, [2_500, 7_000], signal)]);
    await Promise.all(this.background);
  }

  async break(faults, gapMs, signal) {
    while (faults.length > 0 && Date.now() < this.until && !signal.aborted) {
      const [name, { run, long = false }] = this.random.weighted(faults.map((fault) => [fault, fault[1].weight]));
      const work = this.one(name, run);
      if (long) this.keep(work);
      else await work;
      await pause(this.random.between(...gapMs));
    }
  }

  async one(name, run) {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    const note = (facts) => this.journal.append({ kind: 'fault', name, at: Date.now(), ...facts });
    note({ phase: 'begin' });
    try {
      await run(this, note);
    } catch (error) {
      note({ phase: 'failed', why: error.message });
      this.say(`fault ${name} did not work: ${error.message}`);
    }
    note({ phase: 'end' });
  }

  keep(work) {
    const tracked = work.finally(() => this.background.delete(tracked));
    this.background.add(tracked);
  }

  /** A process that no other fault has in its hands. */
  free(programs) {
    const candidates = programs.filter((program) => program.running && !program.busy);
    return candidates.length > 0 ? this.random.pick(candidates) : undefined;
  }

  /** For how long a fault lasts; never beyond the end of all faults by much. */
  async last(low, high) {
    await pause(Math.max(200, Math.min(this.random.between(low, high), this.until - Date.now())));
  }

  /** Once in a long run Redis is away for ten minutes. */
  outage() {
    const long = this.until - this.beganAt > 30 * 60_000 && !this.hadLongOutage;
    if (!long) return [3_000, 15_000];
    this.hadLongOutage = true;
    return [600_000, 600_000];
  }

  /** All that was broken is whole again; what was lost stays lost. */
  async heal() {
    const { system } = this;
    for (const proxy of Object.values(system.proxies)) proxy.set({});
    await system.control('DELETE', '/scripts');
    for (const program of [...system.apis, ...system.workers]) {
      if (program.stopped) program.signal('SIGCONT');
      program.start();
    }
    system.redis?.start();
    await system.disk?.free();
    await system.reviveDatabase();
    for (const program of [...system.apis, ...system.workers]) await untilAnswers(`${program.url}/healthz`);
    await system.control('DELETE', '/scripts');
  }
}

async function withProgram(nemesis, program, work) {
  if (!program) return;
  program.busy = true;
  try {
    await work(program);
  } finally {
    program.busy = false;
  }
}

async function killAndRestart(nemesis, program, note) {
  await withProgram(nemesis, program, async () => {
    note({ phase: 'kill', program: program.name });
    await program.end('SIGKILL');
    await nemesis.last(300, 3_000);
    if (program.name.startsWith('worker')) nemesis.system.skewMs *= -1;
    program.start();
    await untilAnswers(`${program.url}/healthz`);
    note({ phase: 'back', program: program.name });
  });
}

async function proxyFault(nemesis, { names, mode, ms }, note) {
  const name = nemesis.random.pick(names);
  note({ phase: 'proxy', proxy: name, mode });
  nemesis.system.proxies[name].set(mode);
  await nemesis.last(...ms);
  nemesis.system.proxies[name].set({});
}

const NETWORKS = ['vk', 'ok'];
const STORES = ['pgApi', 'pgWorkers', 'redis'];

const FAULTS = {
  killWorker: { weight: 16, run: (nemesis, note) => killAndRestart(nemesis, nemesis.free(nemesis.system.workers), note) },
  killApi: { weight: 6, run: (nemesis, note) => killAndRestart(nemesis, nemesis.free(nemesis.system.apis), note) },
  stopPastLease: {
    weight: 5,
    long: true,
    run: (nemesis, note) =>
      withProgram(nemesis, nemesis.free(nemesis.system.workers), async (program) => {
        note({ phase: 'stop', program: program.name });
        program.signal('SIGSTOP');
        await pause(nemesis.random.between(...STOP_MS));
        program.signal('SIGCONT');
        note({ phase: 'continue', program: program.name });
      }),
  },
  rollingRestart: {
    weight: 4,
    async run(nemesis, note) {
      for (const program of [...nemesis.system.workers, ...nemesis.system.apis]) {
        if (program.busy) continue;
        await withProgram(nemesis, program, async () => {
          const inTime = await program.end('SIGTERM', 40_000);
          note({ phase: 'restart', program: program.name, inTime });
          program.start();
          await untilAnswers(`${program.url}/healthz`);
        });
      }
    },
  },
  queueWiped: {
    weight: 5,
    async run({ system }) {
      if (!system.redis) return void (await system.sql(WIPE));
      const { Redis } = await import('ioredis');
      const redis = new Redis(system.proxies.redis.target, { maxRetriesPerRequest: 1 });
      redis.on('error', () => undefined);
      await redis.flushall().finally(() => redis.disconnect());
    },
  },
  redisDown: {
    weight: 3,
    async run(nemesis) {
      const { redis } = nemesis.system;
      if (!redis) return;
      await redis.end('SIGKILL');
      await nemesis.last(...nemesis.outage());
      redis.start();
    },
  },
  diskFull: {
    weight: 3,
    async run({ system, random }) {
      if (!system.disk) return;
      await system.disk.fill();
      await pause(random.between(1_000, 8_000));
      await system.disk.free();
      await system.reviveDatabase();
    },
  },
  databaseCrash: {
    weight: 4,
    async run(nemesis) {
      await nemesis.system.crashDatabase();
      await nemesis.last(200, 4_000);
      await nemesis.system.restartDatabase();
    },
  },
  wireSlow: {
    weight: 5,
    run: (nemesis, note) =>
      proxyFault(
        nemesis,
        { names: [...NETWORKS, ...STORES], mode: { delayMs: nemesis.random.between(20, 900) }, ms: [3_000, 9_000] },
        note,
      ),
  },
  wireStalls: {
    weight: 4,
    run: (nemesis, note) =>
      proxyFault(nemesis, { names: [...NETWORKS, ...STORES], mode: { stall: true }, ms: [2_000, 13_000] }, note),
  },
  wireRefuses: {
    weight: 3,
    run: (nemesis, note) =>
      proxyFault(nemesis, { names: [...NETWORKS, ...STORES], mode: { refuse: true }, ms: [1_000, 6_000] }, note),
  },
  wireLoses: {
    weight: 10,
    run: (nemesis, note) =>
      proxyFault(
        nemesis,
        { names: NETWORKS, mode: { dropBefore: 0.1, dropAfter: 0.15, cutAnswer: 0.1, cutRequest: 0.05 }, ms: [4_000, 10_000] },
        note,
      ),
  },
  wireResets: {
    weight: 6,
    async run(nemesis, note) {
      const name = nemesis.random.pick([...NETWORKS, ...STORES]);
      note({ phase: 'proxy', proxy: name, mode: 'reset' });
      nemesis.system.proxies[name].resetAll();
    },
  },
};
