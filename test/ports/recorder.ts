import type { Tx, UnitOfWork } from '../../src/platform/database/work.js';

const TX = { name: 'the transaction' } as unknown as Tx;

type Answers = Readonly<Record<string, unknown>>;

/** Writes down what a service asks of its ports, in order, and answers what the test says. */
export class Recorder {
  readonly calls: unknown[][] = [];

  /** A unit of work without a database: `begin`, what is asked in it, then `commit` or `rollback`. */
  readonly work = {
    forTenant: ({ contractorId }: { contractorId: string }, run: (tx: Tx) => Promise<unknown>) =>
      this.within(['begin', contractorId], run),
    reading: ({ contractorId }: { contractorId: string }, run: (tx: Tx) => Promise<unknown>) =>
      this.within(['begin reading', contractorId], run),
    acrossTenants: (why: string, run: (tx: Tx) => Promise<unknown>) => this.within(['begin across tenants', why], run),
  } as unknown as UnitOfWork;

  /** A port of this name. An answer is a value or a function; what has no answer answers nothing. */
  port<T>(name: string, answers: Answers = {}): T {
    const port = new Proxy(answers, {
      get: (_, method) => {
        // A port is no promise, whatever `await` thinks.
        if (typeof method !== 'string' || method === 'then') return undefined;
        return (...args: unknown[]) => {
          const inTransaction = args[0] === TX;
          const told = inTransaction ? args.slice(1) : args;
          this.calls.push([`${name}.${method}`, ...told]);
          const answer = answers[method];
          return typeof answer === 'function' ? (answer as (...told: unknown[]) => unknown)(...told) : answer;
        };
      },
    });
    return port as T;
  }

  /** What was asked of a method, each time. */
  of(call: string): unknown[][] {
    return this.calls.filter(([name]) => name === call).map(([, ...told]) => told);
  }

  /** Only the names, in order. */
  get names(): unknown[] {
    return this.calls.map(([name]) => name);
  }

  private async within(begin: unknown[], run: (tx: Tx) => Promise<unknown>): Promise<unknown> {
    this.calls.push(begin);
    try {
      const answer = await run(TX);
      this.calls.push(['commit']);
      return answer;
    } catch (error) {
      this.calls.push(['rollback']);
      throw error;
    }
  }
}
