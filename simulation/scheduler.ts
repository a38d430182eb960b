import type { Random } from './random.js';

const AT_ONCE = Promise.resolve();

interface Event {
  readonly time: number;
  readonly tie: number;
  readonly run: () => void;
}

/**
 * Virtual time. Events run in the order of their instants; of those with the same instant the seed decides which is first.
 * Between two events every continuation that the first one woke runs to its next port: nothing is ever half done.
 */
export class Scheduler {
  now: number;
  steps = 0;
  private readonly heap: Event[] = [];

  constructor(
    start: number,
    private readonly random: Random,
    /** Called before each event, for whoever must look at what has changed. */
    private readonly between: () => void,
  ) {
    this.now = start;
  }

  at(time: number, run: () => void): void {
    const event = { time: Math.max(time, this.now), tie: this.random.next(), run };
    const { heap } = this;
    let i = heap.push(event) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(event, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = event;
  }

  /** Runs until nothing is left to happen or it is this late. */
  run(until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        try {
          this.between();
          const event = this.take(until);
          if (!event) return resolve();
          event.run();
        } catch (error) {
          return reject(error as Error);
        }
        // A tick that a microtask asks for comes after all microtasks: everything that was woken has run by then. A promise's
        // microtask costs less than queueMicrotask, which makes an AsyncResource for each.
        void AT_ONCE.then(next);
      };
      const next = (): void => process.nextTick(step);
      process.nextTick(step);
    });
  }

  private take(until: number): Event | undefined {
    const { heap } = this;
    const first = heap[0];
    if (!first || first.time > until) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) this.sink(last);
    this.now = first.time;
    this.steps += 1;
    return first;
  }

  private sink(event: Event): void {
    const { heap } = this;
    let i = 0;
    for (let child = 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, event)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = event;
  }
}

function before(a: Event, b: Event): boolean {
  return a.time < b.time || (a.time === b.time && a.tie < b.tie);
}
