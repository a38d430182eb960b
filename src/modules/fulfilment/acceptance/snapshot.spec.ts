import { describe, expect, it } from '@jest/globals';
import { frozen, type FrozenLine, type Snapshot, thawed } from './snapshot.js';

const LINE: Omit<FrozenLine, 'counted'> = {
  ...{ requirement: 'posts-vk', title: 'Две', kind: 'posts', rule: 'Не меньше 2', startsOn: '2026-02-02', endsOn: '2026-02-08' },
  ...{ dueOn: '2026-02-08', state: 'done', planned: 2, done: 2, missed: 0, excused: 0, measured: null, notCounted: [] },
};
const AT = new Date('2026-02-03T00:00:00Z');
const evidence = (id: string) => ({ id, kind: 'publication' as const, title: null, url: null, at: AT });
const SNAPSHOT: Snapshot = {
  ...{ format: 1, contractId: 'c', contractVersion: 1, stageId: 's', startsOn: '2026-02-02', endsOn: '2026-02-15' },
  ...{ timeZone: 'Asia/Kamchatka', cutOffAt: '2026-02-17T12:00:00.000Z' },
  lines: [
    { ...LINE, counted: [evidence('a'), evidence('b')] },
    { ...LINE, requirement: 'photos', counted: [evidence('a')] },
  ],
};

describe('a frozen period', () => {
  it('has one text, one hash and each piece of evidence once', () => {
    const { text, sha256, evidenceIds } = frozen(SNAPSHOT);
    expect(evidenceIds).toEqual(['a', 'b']);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(frozen(thawed(text))).toEqual({ text, sha256, evidenceIds });
    expect(thawed(text)).toEqual(SNAPSHOT);
  });

  it('has another hash when a single fact is another', () => {
    const other = { ...SNAPSHOT, lines: [{ ...SNAPSHOT.lines[0]!, done: 1 }, SNAPSHOT.lines[1]!] };
    expect(frozen(other).sha256).not.toBe(frozen(SNAPSHOT).sha256);
  });
});
