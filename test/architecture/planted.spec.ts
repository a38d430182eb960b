import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

interface Bug {
  readonly name: string;
  readonly bug: string;
  readonly level: string;
  readonly suite?: string;
  readonly alarm: string | RegExp;
  readonly edits: readonly Edit[];
}

interface Edits {
  applyEdits(text: string, edits: readonly Edit[]): string;
  byFile(edits: readonly Edit[]): Map<string, readonly Edit[]>;
}

const folder = '../../planted';
const { BUGS } = (await import(`${folder}/bugs.mjs`)) as { BUGS: readonly Bug[] };
const { applyEdits, byFile } = (await import(`${folder}/edits.mjs`)) as Edits;

/** The bugs that this kind of system is known to have; some are planted in two places. */
const MUST = [
  ...['naive withdraw', 'check-then-act claim', 'no fence on result write', 'new guid per attempt', 'resend w/o settle'],
  ...['treat 5xx as failure', 'treat HTML 200 as failure', 'http client auto-retry on', 'queue as truth', 'maxStalled default'],
  ...['due by worker clock', 'session-level GUC', 'missing FORCE', 'cache key w/o tenant', 'job tenant from payload'],
  ...['approval not bound to revision', 'media not bound', 'contract in UTC', 'audit outside tx', 'sweeper without SKIP LOCKED'],
  ...['lookup without positive control', 'token logged', 'foreign id in body unchecked', 'export without snapshot'],
];

describe('the planted bugs', () => {
  it('are all there, and in the document', () => {
    const names = BUGS.map(({ name }) => name);
    expect(MUST.filter((name) => !names.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    const table = readFileSync('docs/planted-bugs.md', 'utf8');
    expect(names.filter((name) => !table.includes(`| ${name} `))).toEqual([]);
  });

  it.each(BUGS)('$name: can be planted into the source as it is', ({ edits, suite }) => {
    expect(suite === undefined || existsSync(suite)).toBe(true);
    for (const [file, own] of byFile(edits)) {
      const text = readFileSync(file, 'utf8');
      expect(applyEdits(text, own)).not.toBe(text);
    }
  });
});
