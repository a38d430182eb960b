import type { NetworkName } from '../src/networks/network.js';
import {
  type Act,
  ACTS,
  DELETE_FATES,
  type Fault,
  JOB_NAMES,
  type JobName,
  LATEST_EFFECT_MS,
  LOOK_FATES,
  SEND_FATES,
  UPLOAD_FATES,
} from './faults.js';
import { Random } from './random.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Noon in London is midnight in Kamchatka, where the client and its contract live. */
const MIDNIGHT_IN_KAMCHATKA = Date.parse('2026-12-31T12:00:00Z');

/**
 * With LATEST_EFFECT_MS the stated assumption about networks. Together they stay within what SETTLE_SECONDS and two looks a
 * minute apart allow: a send that left as late as it may, took effect as late as it may, and is seen as late as it may, is
 * still seen.
 */
const LONGEST_LAG_MS = 60 * SECOND;

interface PlannedPublication {
  readonly post: number;
  readonly network: NetworkName;
  readonly dueAt: number;
  readonly onAmbiguity: 'hold' | 'resend';
  readonly latenessMinutes: number;
}

/** Everything that a history needs to run again: who publishes what and when, and what goes wrong. */
export interface Story {
  readonly seed: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly contractEndsAt: number;
  /** Whether somebody else's post has stood on each page for long, and is known. */
  readonly older?: boolean;
  readonly posts: readonly { readonly photos: number }[];
  readonly publications: readonly PlannedPublication[];
  readonly faults: readonly Fault[];
}

const POINTS = [
  ...[
    'db.claim',
    'db.find',
    'db.requirePost',
    'db.requirePage',
    'db.credentials',
    'db.lockPost',
    'db.beginSending',
    'db.settle',
    'db.lockWithdrawn',
    'db.lockUnclear',
  ],
  ...['db.endAttempt', 'db.adoptLate', 'db.expire', 'db.takeTurns', 'db.toLookAt', 'db.conclude', 'db.adopt', 'db.lookAgain'],
  ...['db.owned', 'db.newestKnown', 'db.deleted', 'db.deleteLater', 'db.withdraw', 'db.plan', 'db.markPrepared', 'db.putUpload'],
  ...[
    'db.release',
    'db.editPost',
    'db.holdIfShut',
    'queue.ring',
    'net.find',
    'net.found',
    'net.delete',
    'net.deleted',
    'net.upload',
  ],
  ...['db.holdUnapproved', 'net.connect', 'net.answered'],
];
/** Where the promises are made and kept: worth more attempts than the rest. */
const HEART = [
  ...['db.beginSending', 'db.lockPost', 'net.connect', 'net.connect', 'net.answered', 'net.answered', 'db.settle', 'db.claim'],
  ...['commit.before', 'commit.after', 'commit.before', 'commit.after', 'net.found', 'db.conclude', 'db.withdraw', 'db.find'],
];

export function storyOf(seed: number): Story {
  const random = new Random(seed);
  const contractEnds = random.chance(0.15);
  const startsAt = contractEnds ? MIDNIGHT_IN_KAMCHATKA - random.between(1, 20) * MINUTE : MIDNIGHT_IN_KAMCHATKA - 30 * 24 * HOUR;
  const posts = Array.from({ length: random.chance(0.4) ? 2 : 1 }, () => ({ photos: random.chance(0.2) ? 1 : 0 }));
  const publications = posts.flatMap((_, post) => publicationsOf(random, post, startsAt));
  const faults = random.chance(0.08) ? [] : faultsOf(random, publications);
  const [older, endsAt, contractEndsAt] = [random.chance(0.8), startsAt + 7 * HOUR, MIDNIGHT_IN_KAMCHATKA];
  return { seed, startsAt, endsAt, contractEndsAt, older, posts, publications, faults };
}

function faultsOf(random: Random, planned: readonly PlannedPublication[]): Fault[] {
  const publications = planned.length;
  const any = Array.from({ length: random.between(1, 7) }, () => faultOf(random, publications));
  const theme = random.next();
  if (theme < 0.25) return [...any.slice(0, 2), ...doubtOf(random, publications)];
  if (theme < 0.32) return [...any.slice(0, 2), ...strayOf(random, publications)];
  if (theme < 0.38) return [...any.slice(0, 1), ...regretOf(random, publications)];
  if (theme < 0.44) return [...any.slice(0, 1), ...hasteOf(random, publications)];
  // Who chose to send again whatever happens counts on the lateness of effects, and not on VK's memory.
  if (theme < 0.47 && planned.every(({ onAmbiguity }) => onAmbiguity === 'hold')) return forgottenOf(random);
  return any;
}

function publicationsOf(random: Random, post: number, startsAt: number): PlannedPublication[] {
  const networks: NetworkName[] = random.chance(0.35) ? ['vk', 'ok'] : [random.pick(['vk', 'ok'] as const)];
  return networks.map((network) => ({
    ...{ post, network },
    dueAt: startsAt + random.pick([random.between(1, 90) * SECOND, random.between(1, 25) * MINUTE]),
    onAmbiguity: random.chance(0.35) ? 'resend' : 'hold',
    latenessMinutes: random.pick([10, 30, 120]),
  }));
}

/** What may happen, and how often of a hundred times. */
const KINDS: readonly (readonly [number, (random: Random, publications: number) => Fault])[] = [
  [26, (r) => ({ kind: 'send', nth: often(r), how: r.pick(SEND_FATES), ms: r.between(1, LATEST_EFFECT_MS) })],
  [14, (r, n) => ({ kind: 'meanwhile', ...place(r), act: actOf(r), target: r.between(0, n - 1) })],
  [14, (r, n) => ({ kind: 'person', act: actOf(r), target: r.between(0, n - 1), ms: aroundDue(r) })],
  [12, (r) => ({ kind: 'crash', ...place(r), ms: pauseMs(r), noticedMs: r.chance(0.7) ? 0 : r.between(1, 10 * SECOND) })],
  [12, (r) => ({ kind: 'pause', ...place(r), ms: pauseMs(r) })],
  [5, (r) => ({ kind: 'commit', nth: r.between(1, 40), how: r.pick(['lost', 'applied']) })],
  [6, (r) => ringOf(r, r.pick(JOB_NAMES))],
  [5, (r) => ({ kind: 'look', nth: r.between(1, 3), how: r.pick(LOOK_FATES), ms: r.between(1, LONGEST_LAG_MS) })],
  [2, (r) => ({ kind: 'delete', nth: often(r), how: r.pick(DELETE_FATES), ms: 0 })],
  [1, (r) => ({ kind: 'upload', nth: often(r), how: r.pick(UPLOAD_FATES), ms: 0 })],
  [1, (r) => ({ kind: 'turn', nth: often(r), ms: r.between(1, 3 * SECOND) })],
  [2, (r) => ({ kind: 'clock', worker: r.between(0, 1), ms: r.between(-120, 120) * MINUTE })],
];

function faultOf(random: Random, publications: number): Fault {
  let rest = random.next() * KINDS.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, make] of KINDS) {
    if (rest < weight) return make(random, publications);
    rest -= weight;
  }
  return faultOf(random, publications);
}

/** Most things go wrong the first time or not at all. */
function often(random: Random): number {
  return random.chance(0.6) ? 1 : random.between(2, 4);
}

function place(random: Random): { point: string; nth: number } {
  const heart = random.chance(0.6);
  const point = random.pick(heart ? HEART : POINTS);
  return { point, nth: point.startsWith('commit') ? random.between(1, 30) : random.between(1, 3) };
}

/** Shorter than a send's deadline, about as long as a lease, or long beyond all of them. */
function pauseMs(random: Random): number {
  return random.pick([
    random.between(1, 12) * SECOND,
    random.between(20, 50) * SECOND,
    random.between(1, 240) * SECOND,
    20 * MINUTE,
  ]);
}

/** What makes it hard to find out whether a post stands on its page, all at once. */
function doubtOf(random: Random, publications: number): Fault[] {
  const target = random.between(0, publications - 1);
  const how = random.pick(['late', 'late', 'veryLate', 'lostAfter', 'lostBefore'] as const);
  const ms = random.between(LATEST_EFFECT_MS / 2, LATEST_EFFECT_MS);
  const faults: Fault[] = [{ kind: 'send', nth: random.between(1, publications), how, ms }];
  if (random.chance(0.6)) {
    const look = { how: random.pick(['lags', 'stale'] as const), ms: random.between(20 * SECOND, LONGEST_LAG_MS) };
    faults.push({ kind: 'look', nth: 1, ...look }, { kind: 'look', nth: 2, ...look });
  }
  if (random.chance(0.4)) {
    faults.push({ kind: 'ring', point: 'resolve', how: 'twice', nth: 1, ms: random.pick([1, 100, 700, 1_500]) });
  }
  if (random.chance(0.3)) faults.push({ kind: 'pause', point: 'net.found', nth: 2, ms: random.between(55, 80) * SECOND });
  if (random.chance(0.3)) faults.push({ kind: 'person', act: 'deleteByHand', target, ms: random.between(10, 90) * SECOND });
  if (random.chance(0.2))
    faults.push({ kind: 'meanwhile', point: 'net.found', nth: random.between(1, 2), act: 'withdraw', target });
  return faults;
}

/** A worker that has its answer, is stopped for so long that others went on without it, and then comes back with the answer. */
function strayOf(random: Random, publications: number): Fault[] {
  const nth = random.between(1, publications);
  const point = random.pick(['net.answered', 'db.lockWithdrawn', 'db.settle']);
  const sent = { kind: 'send', nth, how: random.pick(SEND_FATES), ms: random.between(1, LATEST_EFFECT_MS) } as const;
  return [
    ...(random.chance(0.5) ? [sent] : []),
    { kind: 'pause', point, nth, ms: random.between(1, 25) * MINUTE },
    ...(random.chance(0.5) ? [{ kind: 'look', nth: 1, how: random.pick(['refused', 'lost'] as const), ms: 0 } as const] : []),
  ];
}

/** Nobody can find out what became of it, and then somebody wants it back. */
function regretOf(random: Random, publications: number): Fault[] {
  const target = random.between(0, publications - 1);
  const how = random.pick(['lostAfter', 'lostBefore', 'failsAfter', 'late'] as const);
  return [
    { kind: 'send', nth: random.between(1, publications), how, ms: random.between(1, LATEST_EFFECT_MS) },
    { kind: 'look', nth: 1, how: random.pick(['refused', 'lost'] as const), ms: 0 },
    {
      kind: 'person',
      act: random.pick(['withdraw', 'withdraw', 'reschedule', 'settle'] as const),
      target,
      ms: random.between(2, 9) * MINUTE,
    },
  ];
}

/** Somebody decides while the network may still be about to show it. */
function hasteOf(random: Random, publications: number): Fault[] {
  const target = random.between(0, publications - 1);
  return [
    {
      kind: 'send',
      nth: random.between(1, publications),
      how: 'late',
      ms: random.between(LATEST_EFFECT_MS / 2, LATEST_EFFECT_MS),
    },
    { kind: 'person', act: 'settle', target, ms: random.between(20, 100) * SECOND },
  ];
}

/** A repeat that counts on VK's memory is delayed until VK has forgotten: both workers stand still for more than an hour. */
function forgottenOf(random: Random): Fault[] {
  const first = { kind: 'send', nth: 1, how: 'veryLate', ms: random.between(LATEST_EFFECT_MS / 2, LATEST_EFFECT_MS) } as const;
  const nth = random.between(2, 3);
  const still = (of: number): Fault => ({ kind: 'pause', point: 'db.claim', nth: of, ms: random.between(70, 95) * MINUTE });
  return [first, still(nth), still(nth + 1)];
}

function ringOf(random: Random, point: JobName): Extract<Fault, { kind: 'ring' }> {
  const how = random.pick(['lost', 'twice', 'late'] as const);
  return { kind: 'ring', point, nth: random.between(1, 3), how, ms: random.between(1, 300 * SECOND) };
}

function actOf(random: Random): Act {
  return random.chance(0.35) ? 'withdraw' : random.pick(ACTS);
}

function aroundDue(random: Random): number {
  return random.pick([0, random.between(-4 * SECOND, 4 * SECOND), random.between(-5 * MINUTE, 15 * MINUTE)]);
}
