import { createHash } from 'node:crypto';
import pg from 'pg';

/** A text that came so often before is worth a plan of its own on each connection that it comes to. */
const WORTH_A_PLAN = 3;
/** Plans live as long as their connection: neither more of them, nor longer ones, than its memory can bear. */
const MOST_PLANS = 400;
const LONGEST_TEXT = 8_000;
/** Texts that come once, such as lists of every length, are forgotten now and then. */
const MOST_SEEN = 2_000;

/**
 * A new connection knows neither the catalogue nor any plan, and the first statements on it take ten times as long: pools
 * keep theirs through idle hours, so that nine o'clock does not find them cold, and change them now and then.
 */
export const CONNECTION_LIFE_SECONDS = 3_600;

/** How often a text came, in this process; the name of those that came often. */
const seen = new Map<string, number>();
const names = new Map<string, string>();

interface Wire {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

/**
 * A connection of a pool, where the same statements come again and again.
 *
 * It lets the server plan a statement once per connection instead of at each call, by sending what came often under a name:
 * under row-level security planning takes several times as long as finding a row. The server goes on to plan for the values
 * where that pays (`plan_cache_mode`). And what is asked within one turn of the event loop, such as BEGIN and the first
 * statement, travels together: each write wakes a process on the other side.
 */
export class PooledClient extends pg.Client {
  private holding = false;

  // The face of `query` is a dozen overloads: all but a text with values pass unchanged.
  override query(...given: unknown[]): never {
    const [text, values, ...rest] = given;
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    const forward = super.query.bind(this) as (...all: unknown[]) => never;
    this.hold();
    return name === undefined ? forward(...given) : forward({ name, text, values }, ...rest);
  }

  private hold(): void {
    if (this.holding) return;
    const { stream } = (this as unknown as Wire).connection;
    this.holding = true;
    stream.cork();
    setImmediate(() => {
      this.holding = false;
      stream.uncork();
    });
  }
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_PLANS || text.length > LONGEST_TEXT) return known;
  const times = (seen.get(text) ?? 0) + 1;
  if (times < WORTH_A_PLAN) {
    if (seen.size >= MOST_SEEN) seen.clear();
    seen.set(text, times);
    return undefined;
  }
  seen.delete(text);
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}
