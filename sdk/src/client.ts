import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import { patientFetch, type Patience } from './patience.js';
import type { components, paths } from './schema.js';
import type { Session } from './session.js';

export { answerOf, everyItem, VestnikProblem } from './answers.js';
export type { Problem } from './answers.js';
export type { Patience } from './patience.js';
export { Session, type Tokens } from './session.js';

/** Every path of the API with its parameters, bodies and answers, generated from the OpenAPI document. */
export type Paths = paths;
/** A schema of the API's document by its name: `Schema<'ContractResponse'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];
export type Vestnik = Client<paths>;

export interface VestnikOptions {
  /** Where the API is, without `/v1`. */
  readonly baseUrl: string;
  /** The key of an integration, or a person's session; without either only public routes answer. */
  readonly apiKey?: string;
  readonly session?: Session;
  readonly patience?: Partial<Patience>;
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch;
}

/**
 * A client of the API: `vestnik.GET('/v1/contracts', { params: { query: { limit: 100 } } })` and likewise `POST`, `PUT`, `DELETE`.
 * Each call gives `{ data }` or `{ error }`; see `answerOf` for one that throws.
 *
 * It waits and tries again where that is safe: when the API asks for patience (429), is away, or the line breaks. A POST carries
 * an `Idempotency-Key`, the same for all its tries, so nothing is made twice.
 */
export function createVestnik({ baseUrl, apiKey, session, patience, fetch: over = fetch }: VestnikOptions): Vestnik {
  const client = createFetchClient<paths>({ baseUrl, fetch: patientFetch(over, patience) });
  client.use(idempotency);
  if (apiKey !== undefined) client.use(withKey(apiKey));
  if (session) client.use(session.middleware(client));
  return client;
}

const idempotency: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
      request.headers.set('idempotency-key', crypto.randomUUID());
    }
    return request;
  },
};

function withKey(apiKey: string): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set('x-api-key', apiKey);
      return request;
    },
  };
}
