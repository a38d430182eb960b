import { hash, verify } from '@node-rs/argon2';

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. `algorithm: 2` is argon2id. */
const PARAMETERS = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MOST_AT_ONCE = 4;

let running = 0;
const waiting: (() => void)[] = [];

/** Hashes are expensive on purpose: a burst of log-ins queues here instead of taking all memory. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password, PARAMETERS));
}

/** A hash that no password has; checking it makes an unknown e-mail take as long as a wrong password. */
const NOBODY = hashPassword('nobody has this password');

export async function passwordMatches(stored: string | undefined, password: string): Promise<boolean> {
  const against = stored ?? (await NOBODY);
  const matches = await bounded(() => verify(against, password));
  return matches && stored !== undefined;
}
