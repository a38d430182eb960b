import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const numbered = (letter: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);

/** Crashes, networks, queue, PostgreSQL, time. docs/faults.md says what each is, and where it is proven. */
const FAULTS = [...numbered('A', 12), ...numbered('B', 20), ...numbered('C', 10), ...numbered('D', 10), ...numbered('E-', 10)];

/** A title of `it`, or of a row of `it.each`, begins with the id, in whatever quotes. */
const titled = (id: string): RegExp => new RegExp(`[('"\`[]\\s*['"\`]${id}[ :]`);

const specs = ['test', 'src'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.spec.ts') && !name.endsWith('fault-ids.spec.ts'))
    .map((name) => join(folder, name)),
);
const texts = new Map(specs.map((file) => [file, readFileSync(file, 'utf8')]));
const rows = readFileSync('docs/faults.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('every fault that we know', () => {
  it.each(FAULTS)('%s is carried by the title of a test', (id) => {
    const carriers = [...texts].filter(([, text]) => titled(id).test(text)).map(([file]) => file);
    expect(carriers).not.toEqual([]);
  });

  it.each(FAULTS)('%s stands in the document, with files that carry it', (id) => {
    const row = rows.find(([, first]) => first === id);
    const files = [...(row?.[3] ?? '').matchAll(/`([^`]+\.spec\.ts)`/g)].map(([, file]) => file!);
    expect(files).not.toEqual([]);
    for (const file of files) expect([file, titled(id).test(texts.get(file) ?? '')]).toEqual([file, true]);
  });

  it('stands in the document once', () => {
    const ids = rows.map(([, first = '']) => first).filter((first) => /^(?:[A-D]|E-)\d+$/.test(first));
    expect(ids.sort()).toEqual([...FAULTS].sort());
  });
});
