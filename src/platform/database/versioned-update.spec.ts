import { describe, expect, it } from '@jest/globals';
import type { Tx } from './work.js';
import { updateVersioned } from './versioned-update.js';

class Row {
  id: string;
  name: string;
  note: string | null;
  version: number;
}

/** Takes the update that is made, and says how many rows it met. */
function transaction(affected: number | undefined): { tx: Tx; made: unknown[][] } {
  const made: unknown[][] = [];
  const update = (...update: unknown[]) => {
    made.push(update);
    return Promise.resolve({ affected });
  };
  return { tx: { update } as unknown as Tx, made };
}

describe('a versioned update', () => {
  it('changes what is given, raises the version, and is dated by the database', async () => {
    const { tx, made } = transaction(1);
    const changes = { name: 'Новое', note: null, id: undefined };
    expect(await updateVersioned(tx, { entity: Row, key: { id: '1' } }, changes)).toBe(true);
    const [entity, where, set] = made[0] as [unknown, object, Record<string, unknown>];
    expect([entity, where, Object.keys(set).sort()]).toEqual([Row, { id: '1' }, ['name', 'note', 'updatedAt', 'version']]);
    expect([set['name'], set['note']]).toEqual(['Новое', null]);
    expect((set['version'] as () => string)()).toBe('version + 1');
    expect((set['updatedAt'] as () => string)()).toBe('app_now()');
  });

  it.each([0, 1, 7])('asks for version %i in the same statement when it is given', async (version) => {
    const { tx, made } = transaction(1);
    await updateVersioned(tx, { entity: Row, key: { id: '1' } }, { name: 'x' }, version);
    expect(made).toHaveLength(1);
    expect(made[0]![1]).toEqual({ id: '1', version });
  });

  it.each([0, 2, undefined])('says that it was not done when it met %s rows', async (affected) => {
    expect(await updateVersioned(transaction(affected).tx, { entity: Row, key: { id: '1' } }, { name: 'x' })).toBe(false);
  });
});
