/** A send's effect comes at most this long after its bytes: stated in docs/simulation.md, and what SETTLE_SECONDS allows. */
export const LATEST_EFFECT_MS = 80_000;

/** What a network makes of one send; the ports translate it with the adapters' own words. */
export const SEND_FATES = [
  'notSent',
  'lostAfter',
  'lostBefore',
  'late',
  'veryLate',
  'failsAfter',
  'failsBefore',
  'htmlAfter',
  'htmlBefore',
  'wrongId',
  'othersId',
  'twice',
  'refused',
  'tooMany',
  'flood',
  'dead',
  'captcha',
] as const;
export type SendFate = (typeof SEND_FATES)[number];

export const LOOK_FATES = ['lags', 'stale', 'later', 'refused', 'lost'] as const;
export const DELETE_FATES = ['later', 'lost', 'refused'] as const;
export const UPLOAD_FATES = ['later', 'refused', 'dead'] as const;
export const ACTS = [
  'withdraw',
  'edit',
  'revoke',
  'approve',
  'reschedule',
  'disconnect',
  'reconnect',
  'endContract',
  'quiet',
  'suspend',
  'deleteByHand',
  'settle',
] as const;
export const JOB_NAMES = ['publish', 'prepare', 'resolve', 'delete', 'holdUnapproved'] as const;
export type JobName = (typeof JOB_NAMES)[number];

export type Act = (typeof ACTS)[number];

/** Everything that goes wrong or that people do in a history. Each can be left out without touching the others. */
export type Fault =
  /** The process is killed the `nth` time that anything reaches this point; the server notices after a while. */
  | { readonly kind: 'crash'; readonly point: string; readonly nth: number; readonly ms: number; readonly noticedMs: number }
  /** The process is stopped there and goes on later, as after SIGSTOP or a blocked event loop. */
  | { readonly kind: 'pause'; readonly point: string; readonly nth: number; readonly ms: number }
  /** The connection breaks at COMMIT, before or after it took effect. */
  | { readonly kind: 'commit'; readonly nth: number; readonly how: 'lost' | 'applied' }
  /** A doorbell of this job. */
  | {
      readonly kind: 'ring';
      readonly point: JobName;
      readonly nth: number;
      readonly how: 'lost' | 'twice' | 'late';
      readonly ms: number;
    }
  | { readonly kind: 'send'; readonly nth: number; readonly how: SendFate; readonly ms: number }
  | { readonly kind: 'look'; readonly nth: number; readonly how: (typeof LOOK_FATES)[number]; readonly ms: number }
  | { readonly kind: 'delete'; readonly nth: number; readonly how: (typeof DELETE_FATES)[number]; readonly ms: number }
  | { readonly kind: 'upload'; readonly nth: number; readonly how: (typeof UPLOAD_FATES)[number]; readonly ms: number }
  /** A call other than a send has no turn at the budget. */
  | { readonly kind: 'turn'; readonly nth: number; readonly ms: number }
  /** A worker's wall clock is wrong by so much. */
  | { readonly kind: 'clock'; readonly worker: number; readonly ms: number }
  /** Somebody acts just when a process gets there. */
  | { readonly kind: 'meanwhile'; readonly point: string; readonly nth: number; readonly act: Act; readonly target: number }
  | { readonly kind: 'person'; readonly act: Act; readonly target: number; readonly ms: number };

type Counted = Extract<Fault, { nth: number }>;

/** The faults of one kind at one point, by how often it was reached. */
interface Awaited {
  count: number;
  readonly faults: Map<number, Counted>;
}

/**
 * Finds the fault that was planned for the present occasion, by counting occasions. Every port asks several times, so only
 * those are counted that something is planned for.
 */
export class Occasions {
  private readonly awaited = new Map<Counted['kind'], Map<string, Awaited>>();

  constructor(faults: readonly Fault[]) {
    for (const fault of faults) if ('nth' in fault) this.plan(fault);
  }

  next<K extends Counted['kind']>(kind: K, point = ''): Extract<Fault, { kind: K }> | undefined {
    const here = this.awaited.get(kind)?.get(point);
    if (!here) return undefined;
    here.count += 1;
    return here.faults.get(here.count) as Extract<Fault, { kind: K }> | undefined;
  }

  private plan(fault: Counted): void {
    const points = this.awaited.get(fault.kind) ?? new Map<string, Awaited>();
    const point = 'point' in fault ? fault.point : '';
    const here = points.get(point) ?? { count: 0, faults: new Map<number, Counted>() };
    here.faults.set(fault.nth, fault);
    this.awaited.set(fault.kind, points.set(point, here));
  }
}
