import { describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { wholeContractor } from './scope.js';
import { CommitLost, type Tx, UnitOfWork } from './work.js';

const SCOPE = wholeContractor('019b76da-a800-7000-8000-000000000001');
const BEGIN = `begin read write; set local app.contractor_id = '${SCOPE.contractorId}'; set local app.client_ids = '*'`;

type Answer = (text: string) => Promise<{ command: string }>;
const ordinary: Answer = (text) => Promise.resolve({ command: text.split(' ')[0]!.toUpperCase() });
const failing = (code: string): Error => Object.assign(new Error(`error ${code}`), { code });

/** A pool that writes down what it is told. */
function pool(answer: Answer = ordinary): { source: DataSource; told: string[]; runners: object[] } {
  const told: string[] = [];
  const runners: object[] = [];
  const query = (text: string) => {
    told.push(text);
    return answer(text);
  };
  const createQueryRunner = () => {
    const runner = {
      manager: { of: 'this transaction' },
      connect: () => Promise.resolve({ query, on: () => undefined, off: () => undefined }),
      release: () => Promise.resolve(void told.push('released')),
    };
    runners.push(runner);
    return runner;
  };
  return { source: { createQueryRunner } as unknown as DataSource, told, runners };
}

const nobody = {} as DataSource;
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a unit of work', () => {
  it('begins for its tenant, commits, gives its answer and its connection back', async () => {
    const { source, told, runners } = pool();
    const answer = await new UnitOfWork(source, nobody).forTenant(SCOPE, (tx) => Promise.resolve(tx));
    expect(answer).toEqual({ of: 'this transaction' });
    expect(told).toEqual([BEGIN, 'commit', 'released']);
    expect(runners[0]).toMatchObject({ isTransactionActive: true, transactionDepth: 1 });
  });

  it('across tenants goes by the system’s pool and says why, in letters that can’t end the statement', async () => {
    const { source, told } = pool();
    await new UnitOfWork(nobody, source).acrossTenants(`look'; drop -- für, 1.2: ${'x'.repeat(90)}`, () => Promise.resolve());
    const label = `vestnik: look drop -- fr, 1.2: ${'x'.repeat(90)}`.slice(0, 60);
    expect(told).toEqual([`begin; set local application_name = '${label}'`, 'commit', 'released']);
  });

  it('rolls back what throws, and throws the same', async () => {
    const { source, told } = pool();
    const unit = new UnitOfWork(source, nobody).forTenant(SCOPE, () => Promise.reject(new Error('changed my mind')));
    await expect(unit).rejects.toThrow('changed my mind');
    expect(told).toEqual([BEGIN, 'rollback', 'released']);
  });

  it('throws the same when even the rollback fails', async () => {
    const { source, told } = pool((text) => (text === 'rollback' ? Promise.reject(failing('08006')) : ordinary(text)));
    const unit = new UnitOfWork(source, nobody).forTenant(SCOPE, () => Promise.reject(new Error('changed my mind')));
    await expect(unit).rejects.toThrow('changed my mind');
    expect(told.at(-1)).toBe('released');
  });

  it('says that the commit was lost when COMMIT answers otherwise', async () => {
    const { source, told } = pool((text) => Promise.resolve({ command: text === 'commit' ? 'ROLLBACK' : 'BEGIN' }));
    const unit = new UnitOfWork(source, nobody).forTenant(SCOPE, () => Promise.resolve());
    await expect(unit).rejects.toThrow(CommitLost);
    await expect(unit).rejects.toThrow('was rolled back');
    expect(told.at(-1)).toBe('released');
  });

  it('gives the reason for which BEGIN failed, not what followed from it', async () => {
    const { source, told } = pool((text) => (text === BEGIN ? Promise.reject(failing('53300')) : ordinary(text)));
    const work = new UnitOfWork(source, nobody);
    await expect(work.forTenant(SCOPE, () => Promise.reject(failing('25P01')))).rejects.toThrow('error 53300');
    await expect(work.forTenant(SCOPE, () => Promise.resolve('an answer'))).rejects.toThrow('error 53300');
    expect(told).not.toContain('commit');
  });

  it('that can’t get a connection fails with that', async () => {
    const createQueryRunner = () => ({ connect: () => Promise.reject(failing('08001')), release: () => Promise.resolve() });
    const work = new UnitOfWork({ createQueryRunner } as unknown as DataSource, nobody);
    await expect(work.forTenant(SCOPE, () => Promise.resolve())).rejects.toThrow('error 08001');
  });

  it.each(['40001', '40P01'])('is run again, from its beginning, after %s', async (code) => {
    const { source, told, runners } = pool();
    let runs = 0;
    const unit = new UnitOfWork(source, nobody).forTenant(SCOPE, async () => {
      runs += 1;
      if (runs < 5) throw failing(code);
      return runs;
    });
    expect(await unit).toBe(5);
    expect(runners).toHaveLength(5);
    expect(told.filter((text) => text === 'rollback')).toHaveLength(4);
  });

  it.each<[string, unknown, number]>([
    ['five deadlocks', failing('40P01'), 5],
    ['a broken rule', failing('23505'), 1],
    ['an error without a code', new Error('no code'), 1],
  ])('is given up after %s', async (_, error, times) => {
    let runs = 0;
    const unit = new UnitOfWork(pool().source, nobody).forTenant(SCOPE, () => {
      runs += 1;
      return Promise.reject(error as Error);
    });
    await expect(unit).rejects.toBe(error);
    expect(runs).toBe(times);
  });
});

describe('a unit of work that only reads', () => {
  it('answers before COMMIT does, and keeps its connection until then', async () => {
    let commit: (() => void) | undefined;
    const { source, told, runners } = pool((text) =>
      text === 'commit' ? new Promise((done) => (commit = () => done({ command: 'COMMIT' }))) : ordinary(text),
    );
    const answer = await new UnitOfWork(source, nobody).reading(SCOPE, (tx: Tx) => Promise.resolve(tx));
    expect(answer).toEqual({ of: 'this transaction' });
    await tick();
    expect(told).toEqual([BEGIN.replace('read write', 'read only'), 'commit']);
    commit!();
    await tick();
    expect(told.at(-1)).toBe('released');
    expect(runners[0]).toMatchObject({ isTransactionActive: true, transactionDepth: 1 });
  });

  it('gives its connection back also when COMMIT fails, or the work does', async () => {
    const { source, told } = pool((text) => (text === 'commit' ? Promise.reject(failing('08006')) : ordinary(text)));
    const work = new UnitOfWork(source, nobody);
    expect(await work.reading(SCOPE, () => Promise.resolve(7))).toBe(7);
    await expect(work.reading(SCOPE, () => Promise.reject(new Error('not found')))).rejects.toThrow('not found');
    await tick();
    expect(told.filter((text) => text === 'released')).toHaveLength(2);
  });

  it('gives the reason for which BEGIN failed', async () => {
    const { source } = pool((text) => (text.startsWith('begin') ? Promise.reject(failing('53300')) : ordinary(text)));
    const work = new UnitOfWork(source, nobody);
    await expect(work.reading(SCOPE, () => Promise.resolve(1))).rejects.toThrow('error 53300');
    await expect(work.reading(SCOPE, () => Promise.reject(failing('25P01')))).rejects.toThrow('error 53300');
  });

  it('is run again after a serialization failure', async () => {
    let runs = 0;
    const unit = new UnitOfWork(pool().source, nobody).reading(SCOPE, () => {
      runs += 1;
      return runs === 1 ? Promise.reject(failing('40001')) : Promise.resolve(runs);
    });
    expect(await unit).toBe(2);
  });
});
