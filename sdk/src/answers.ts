import type { components } from './schema.js';

export type Problem = components['schemas']['Problem'];

/** What the API said instead of an answer. `code` is stable: decide by it, show `title` and the fields. */
export class VestnikProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<Problem>,
  ) {
    const fields = problem.fields?.map(({ field, reason }) => `${field}: ${reason}`) ?? [];
    super([`${status} ${problem.code ?? ''}: ${problem.title ?? 'no reason given'}`, ...fields].join('; '));
    this.name = 'VestnikProblem';
  }

  get code(): string | undefined {
    return this.problem.code;
  }
}

interface Called<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * The answer of a call alone.
 * @throws VestnikProblem when the API refused
 */
export async function answerOf<Data>(call: Promise<Called<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok) throw new VestnikProblem(response.status, isObject(error) ? error : {});
  return data as Data;
}

/**
 * All items of a list, page after page: `everyItem((cursor) => vestnik.GET('/v1/clients', { params: { query: { cursor } } }))`.
 * @throws VestnikProblem when the API refused
 */
export async function* everyItem<Item>(
  page: (cursor: string | undefined) => Promise<Called<{ data: Item[]; nextCursor?: string | null }>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await answerOf(page(cursor));
    yield* data;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
