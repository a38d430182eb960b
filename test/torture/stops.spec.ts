import { describe, expect, it } from '@jest/globals';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

interface Judgement {
  readonly checked: Record<string, number>;
  readonly violations: readonly { check: string; what: string }[];
}
const { judge } = (await import(pathToFileURL(resolve('torture/oracle.mjs')).href)) as { judge: (evidence: object) => Judgement };

const BEGAN = Date.parse('2026-11-24T09:00:00.000Z');
const WINDOW_MS = 5_500;
const at = (seconds: number) => BEGAN + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();

interface Told {
  /** When its activation was first asked for. */
  readonly begins: number;
  readonly status?: number;
  readonly pages?: readonly string[];
  /** When somebody was answered about its end, and what. */
  readonly termination?: { at: number; status: number };
  /** What the database says at last; `ended`: when the end was committed; `lasts`: until when its days do. */
  readonly row?: { status: string; ended?: number; said?: number; lasts?: number };
}

/** What the oracle says of one page: bytes left for it at `sentAt`, and these were its contracts. */
function judged({ sentAt = [], contracts }: { sentAt?: readonly number[]; contracts: Record<string, Told> }): Judgement {
  const page = { kind: 'page', page: 'page', network: 'vk', externalId: '301', client: 'client', contractor: 'c' };
  const told = Object.entries(contracts);
  return judge({
    journal: [page, ...told.flatMap(([contract, one]) => journalOf(contract, one))],
    wire: sentAt.map((seconds) => ({ at: at(seconds), network: 'vk', paramsHash: String(seconds), owner: '-301', text: '' })),
    ...{ ledger: [], walls: [], faults: [] },
    database: {
      ...{ publications: [], attempts: [], looks: [], posts: [], lanes: [] },
      contracts: told.flatMap(([id, one]) => (one.row ? [rowOf(id, one.row)] : [])),
    },
    run: { windowMs: WINDOW_MS, healedAt: at(100), endedAt: at(200), deaths: [], backlog: 0, pausesWhenHealed: [] },
  });
}

function journalOf(contract: string, { begins, status = 200, pages = ['page'], termination }: Told) {
  const common = { contract, client: 'client', pages };
  const times = { sentAt: at(begins - 1), mayBeginAt: at(begins), ackAt: at(begins + 1) };
  const made = { kind: 'contract', ...common, ...times, status };
  if (!termination) return [made];
  const { at: seconds, status: answer } = termination;
  return [made, { kind: 'terminate', ...common, sentAt: at(seconds - 1), ackAt: at(seconds), status: answer }];
}

function rowOf(id: string, { status, ended, said = ended, lasts = 86_400 }: NonNullable<Told['row']>) {
  const terms = { client: 'client', contractor: 'c', pages: ['page'], startsAt: iso(-86_400), endsAt: iso(lasts) };
  const terminatedAt = said === undefined ? null : iso(said);
  return { id, ...terms, status, terminatedAt, committedAt: iso(ended ?? 1) };
}

/** When, of those that left, bytes had left that must not. */
function lateSends(contracts: Record<string, Told>, sentAt: readonly number[]): number[] {
  return sentAt.filter((one) => judged({ contracts, sentAt: [one] }).violations.some(({ check }) => check === 'afterStop'));
}

function contractProblems(contracts: Record<string, Told>): string[] {
  return judged({ contracts })
    .violations.filter(({ check }) => check === 'contracts')
    .map(({ what }) => what);
}

const active = { status: 'active' };
const endedAt = (seconds: number) => ({ status: 'terminated', ended: seconds });
const ENDED: Told = { begins: 0, termination: { at: 30, status: 200 }, row: endedAt(29.5) };
/** Nobody knows what became of its termination. */
const unanswered = (row: Told['row'], status = 503): Told => ({ begins: -30, termination: { at: -10, status }, row });

describe('the end of a page’s contracts, for the oracle of the torture', () => {
  it('stops a page from the acknowledgement on, but for what may be on its way', () => {
    expect(lateSends({ only: ENDED }, [29, 31, 35.5, 35.6, 90])).toEqual([35.6, 90]);
  });

  it.each([503, 0])('does not stop it while an older contract is active, whose termination came to %i', (status) => {
    expect(lateSends({ older: unanswered(active, status), newer: ENDED }, [31, 36, 90])).toEqual([]);
  });

  it('stops it from the acknowledgement on when the database says that the older one had ended before', () => {
    expect(lateSends({ older: unanswered(endedAt(-9)), newer: ENDED }, [29, 35.5, 35.6, 90])).toEqual([35.6, 90]);
  });

  it('stops it when the older one’s end was committed, also when that was long after it was said and after the acknowledgement', () => {
    const older = unanswered({ ...endedAt(40), said: -9.5 });
    expect(lateSends({ older, newer: ENDED }, [36, 45.5, 45.6, 90])).toEqual([45.6, 90]);
  });

  it('stops it between an end that only the database tells and the next contract', () => {
    expect(lateSends({ older: unanswered(endedAt(-9)), newer: ENDED }, [-4, -3, -1, 1])).toEqual([-3, -1]);
  });

  it.each([200, 503, 0, 409])('is over when a new contract may have begun, whose activation came to %i', (status) => {
    const next = { begins: 60, status, row: active };
    expect(lateSends({ first: ENDED, next }, [36, 59, 60, 90])).toEqual([36, 59]);
  });

  it.each(['draft', 'signed'])('goes on past a new contract that never got further than %s', (status) => {
    const next = { begins: 60, status: 503, row: { status } };
    expect(lateSends({ first: ENDED, next }, [59, 60, 90])).toEqual([59, 60, 90]);
  });

  it('is over when a new contract may have begun, of which the database says nothing', () => {
    expect(lateSends({ first: ENDED, next: { begins: 60, status: 0 } }, [59, 60])).toEqual([59]);
  });

  it('goes on past a contract of another page', () => {
    expect(lateSends({ first: ENDED, other: { begins: 60, pages: ['other'] } }, [59, 60])).toEqual([59, 60]);
  });

  it('does not count as a proof that nothing was sent after the last day of a contract in force', () => {
    expect(judged({ contracts: { only: { begins: 0, row: active } }, sentAt: [10, 20] }).checked.afterStop).toBe(0);
    expect(judged({ contracts: { only: ENDED }, sentAt: [10, 20] }).checked.afterStop).toBe(2);
  });

  it('stops it when the days of its contract are over', () => {
    expect(lateSends({ only: { begins: 0, row: { ...active, lasts: 50 } } }, [49, 55, 56])).toEqual([56]);
  });

  it('finds each of several stops', () => {
    const second: Told = { begins: 40, termination: { at: 50, status: 200 }, row: endedAt(49) };
    const third: Told = { begins: 70, row: active };
    expect(lateSends({ first: ENDED, second, third }, [36, 41, 54, 56, 69, 71])).toEqual([36, 56, 69]);
  });
});

describe('what people were told about contracts, for the oracle of the torture', () => {
  it('is well when acknowledged ends are ended, and open ones either way', () => {
    const contracts = {
      ended: ENDED,
      open: unanswered(active),
      done: unanswered(endedAt(-9)),
      last: { begins: 60, row: active },
    };
    expect(contractProblems(contracts)).toEqual([]);
  });

  it.each<[string, Told]>([
    ['its termination was acknowledged, but it is active', { ...ENDED, row: active }],
    ['its termination was acknowledged before it was ended', { ...ENDED, row: endedAt(31) }],
    ['acknowledged, but there is no contract', { begins: 0 }],
    ['its activation was acknowledged, but it is signed', { begins: 0, row: { status: 'signed' } }],
    ['it covers other pages than it was made for', { begins: 0, pages: ['page', 'other'], row: active }],
    ['ended, but nobody ended it', { begins: 0, row: endedAt(30) }],
    ['ended, but nobody ended it', { begins: 0, termination: { at: 30, status: 409 }, row: endedAt(30) }],
  ])('says “%s”', (what, contract) => {
    expect(contractProblems({ contract })).toEqual([what]);
  });
});
