import type { Change } from '../../../platform/changes/change-source.js';

/** Changes as they are kept in a part: one JSON array a line, whatever the file will look like. */
export function toPart(changes: readonly Change[]): Uint8Array {
  const lines = changes.map(({ xid, id, row }) => `${JSON.stringify([xid, id, row], withoutBigints)}\n`);
  return Buffer.from(lines.join(''), 'utf8');
}

/** Instants come back as the text that JSON has for them. */
export function fromPart(bytes: Uint8Array): Change[] {
  const lines = Buffer.from(bytes).toString('utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [xid, id, row] = JSON.parse(line) as [string, string, Change['row']];
    return { xid, id, row };
  });
}

function withoutBigints(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/**
 * Where a row stands for the last time, of those that were read twice because they changed meanwhile. Only what changed since reading
 * began can be such a one, so this stays small however large the export is.
 */
export class LastReadings {
  private readonly parts = new Map<string, number>();

  constructor(private readonly beganXid: bigint) {}

  /** Of one collection: the parts in their order. */
  note(number: number, changes: readonly Change[]): void {
    for (const { xid, id } of changes) if (BigInt(xid) >= this.beganXid) this.parts.set(id, number);
  }

  /** What of a part goes into the file: of a row that was read twice only what it was at last. */
  standing(number: number, changes: readonly Change[]): Change[] {
    return changes.filter(({ id }) => (this.parts.get(id) ?? number) === number);
  }
}
