import type { Client, Middleware } from 'openapi-fetch';
import { answerOf, VestnikProblem } from './answers.js';
import type { paths } from './schema.js';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * A person's log-in, for front ends. It renews the access token when the API no longer takes it: once for all calls that wait,
 * because a refresh token is good once and a second use of it ends the session.
 */
export class Session {
  private tokens: Tokens | undefined;
  private renewal: Promise<void> | undefined;

  /** @param keep told of each new pair, and of `undefined` when the session has ended; keep it where only your page reads it */
  constructor(
    tokens?: Tokens,
    private readonly keep: (tokens: Tokens | undefined) => void = () => undefined,
  ) {
    this.tokens = tokens;
  }

  get isOpen(): boolean {
    return this.tokens !== undefined;
  }

  /** @throws VestnikProblem `identity.wrong-credentials`, or `identity.contractor-ambiguous` for a person of several agencies */
  async logIn(vestnik: Client<paths>, who: { email: string; password: string; contractorId?: string }): Promise<void> {
    this.take(await answerOf(vestnik.POST('/v1/sessions', { body: who })));
  }

  async logOut(vestnik: Client<paths>): Promise<void> {
    await answerOf(vestnik.DELETE('/v1/sessions/current'));
    this.take(undefined);
  }

  middleware(client: Client<paths>): Middleware {
    // A request's body can be read once: kept here until it is known whether it must be sent again.
    const again = new Map<string, Request>();
    return {
      onRequest: ({ request, id }) => {
        if (!this.tokens || isOpening(request)) return request;
        request.headers.set('authorization', `Bearer ${this.tokens.accessToken}`);
        again.set(id, request.clone());
        return request;
      },
      onError: ({ id }) => {
        again.delete(id);
      },
      onResponse: async ({ request, response, id, options }) => {
        const copy = again.get(id);
        again.delete(id);
        if (response.status !== 401 || !copy || isOpening(request)) return response;
        await this.renewInsteadOf(client, request.headers.get('authorization'));
        if (!this.tokens) return response;
        copy.headers.set('authorization', `Bearer ${this.tokens.accessToken}`);
        return options.fetch(copy);
      },
    };
  }

  /** Nothing when another call has renewed it meanwhile. */
  private async renewInsteadOf(client: Client<paths>, used: string | null): Promise<void> {
    if (!this.tokens || used !== `Bearer ${this.tokens.accessToken}`) return;
    const { refreshToken } = this.tokens;
    this.renewal ??= this.renew(client, refreshToken).finally(() => (this.renewal = undefined));
    await this.renewal;
  }

  private async renew(client: Client<paths>, refreshToken: string): Promise<void> {
    try {
      this.take(await answerOf(client.POST('/v1/sessions/current/token-pairs', { body: { refreshToken } })));
    } catch (error) {
      if (!(error instanceof VestnikProblem) || error.status >= 500 || error.status === 429) throw error;
      this.take(undefined);
    }
  }

  private take(tokens: Tokens | undefined): void {
    this.tokens = tokens && { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken };
    this.keep(this.tokens);
  }
}

/** Calls that open or renew a session carry no token. */
function isOpening({ url, method }: Request): boolean {
  return method === 'POST' && /\/v1\/sessions(\/current\/token-pairs)?$/.test(new URL(url).pathname);
}
