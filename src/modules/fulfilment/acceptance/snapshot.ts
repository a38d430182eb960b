import { createHash } from 'node:crypto';
import type { RequirementKind } from '../../contracts/requirement.js';
import type { Evidence } from '../measuring/facts.js';
import type { LineState, NotCounted, Result } from '../measuring/line.js';
import type { PlannedLine } from '../measuring/lines.js';
import { MEASURES } from '../measuring/measures.js';

/** A requirement in one period of the stage, as it was judged at the cut-off. */
export interface FrozenLine {
  readonly requirement: string;
  readonly title: string;
  readonly kind: RequirementKind;
  /** How it was counted, in Russian. */
  readonly rule: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly dueOn: string;
  readonly state: LineState;
  readonly planned: number | null;
  readonly done: number | null;
  readonly missed: number;
  readonly excused: number;
  readonly measured: number | null;
  readonly counted: readonly Evidence[];
  readonly notCounted: readonly NotCounted[];
}

/** What is handed to the client for acceptance. It never changes, whatever becomes of the posts. */
export interface Snapshot {
  /** Of this text; another makeup of the snapshot gets the next. */
  readonly format: 1;
  readonly contractId: string;
  readonly contractVersion: number;
  readonly stageId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** IANA zone of its days. */
  readonly timeZone: string;
  /** What became known later is not in it. */
  readonly cutOffAt: string;
  readonly lines: readonly FrozenLine[];
}

/** A snapshot to the letter. */
export interface FrozenText {
  readonly text: string;
  readonly sha256: string;
  /** Ids of everything that counted. */
  readonly evidenceIds: readonly string[];
}

export function frozenLine(line: PlannedLine, result: Result): FrozenLine {
  const { requirement, period } = line;
  const { code, title, kind } = requirement;
  const { startsOn, endsOn } = period;
  const { dueOn, state, planned, done, missed, excused, measured, counted, notCounted } = result;
  return {
    ...{ requirement: code, title, kind, rule: MEASURES[kind].says(line), startsOn, endsOn, dueOn, state },
    ...{ planned, done, missed, excused, measured },
    counted: counted.map(asEvidence),
    notCounted: notCounted.map((one) => ({ ...asEvidence(one), reason: one.reason })),
  };
}

export function frozen(snapshot: Snapshot): FrozenText {
  const text = JSON.stringify(snapshot);
  const ids = snapshot.lines.flatMap(({ counted }) => counted.map(({ id }) => id));
  return { text, sha256: createHash('sha256').update(text, 'utf8').digest('hex'), evidenceIds: [...new Set(ids)] };
}

/** As it was frozen; instants are instants again. */
export function thawed(text: string): Snapshot {
  return JSON.parse(text, (name, value: unknown) => (name === 'at' ? new Date(value as string) : value)) as Snapshot;
}

/** Facts carry more than what proves something. */
function asEvidence({ id, kind, title, url, at }: Evidence): Evidence {
  return { id, kind, title, url, at };
}
