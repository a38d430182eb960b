import { UnitOfWork } from '../src/platform/database/work.js';
import type { MemoryDatabase, MemoryTx } from './memory/database.js';
import { DatabaseError } from './memory/table.js';
import type { SimProcess } from './process.js';

type DataSource = ConstructorParameters<typeof UnitOfWork>[0];

/** The real unit of work over the simulated database. */
export function unitOfWork(process: SimProcess, db: MemoryDatabase): UnitOfWork {
  const source = { createQueryRunner: () => new QueryRunner(process, db) } as unknown as DataSource;
  return new UnitOfWork(source, source, (attempt) => process.port('retry', 1, 10 * 2 ** attempt));
}

/** One connection of a process, for one transaction, and the client that it hands out. */
class QueryRunner {
  readonly manager: MemoryTx;

  constructor(
    private readonly process: SimProcess,
    db: MemoryDatabase,
  ) {
    this.manager = db.begin(process);
    process.transactions.add(this.manager);
  }

  connect(): Promise<this> {
    return Promise.resolve(this);
  }

  /** What breaks shows in the statements' own answers here; nothing is said besides. */
  on(): void {
    return undefined;
  }

  off(): void {
    return undefined;
  }

  query(text: string): Promise<{ command: string }> {
    if (text === 'commit') return this.commit();
    if (text === 'rollback') this.rollback();
    return Promise.resolve({ command: text.slice(0, 5).toUpperCase() });
  }

  release(): Promise<void> {
    this.process.transactions.delete(this.manager);
    return Promise.resolve();
  }

  private async commit(): Promise<{ command: string }> {
    const tx = this.manager;
    await this.process.port('commit.before');
    const fault = this.process.machine.occasions.next('commit');
    const terminated = tx.state === 'terminated';
    if (terminated || fault?.how === 'lost') {
      this.rollback();
      throw new DatabaseError('08006', 'the connection broke before COMMIT');
    }
    const command = tx.state === 'open' ? 'COMMIT' : 'ROLLBACK';
    if (command === 'COMMIT') tx.commit();
    else tx.rollback();
    if (fault?.how === 'applied') throw new DatabaseError('08006', 'the connection broke after COMMIT');
    await this.process.port('commit.after');
    return { command };
  }

  private rollback(): void {
    if (this.manager.state === 'open' || this.manager.state === 'aborted') this.manager.rollback();
  }
}
