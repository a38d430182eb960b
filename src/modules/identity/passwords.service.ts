import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { IdentitySettings } from './identity.settings.js';

const ARGON2ID = 2;
const MOST_AT_ONCE = 4;

/** Hashes of passwords. They are expensive on purpose: a burst of log-ins queues here instead of taking all memory. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** A hash that no password has; checking it makes an unknown e-mail take as long as a wrong password. */
  private readonly nobody: Promise<string>;

  constructor(private readonly settings: IdentitySettings) {
    this.nobody = this.hash('nobody has this password');
  }

  hash(password: string): Promise<string> {
    const { memoryKib: memoryCost, passes: timeCost } = this.settings.passwordCost;
    return this.bounded(() => hash(password, { algorithm: ARGON2ID, memoryCost, timeCost, parallelism: 1 }));
  }

  /** @param stored the hash, or undefined when there is no such login: then nothing matches, and it takes as long to say so. */
  async match(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.nobody);
    const matches = await this.bounded(() => verify(against, password));
    return matches && stored !== undefined;
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
