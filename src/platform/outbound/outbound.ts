import { Client, Pool, type Dispatcher } from 'undici';
import { hostAndPort } from './address-guard.js';
import { guardedConnector, NotSentError, type NotSentWhy } from './connector.js';
import { encodeBody, type OutboundBody } from './request-body.js';
import { startDeadline, type SendBefore } from './send-deadline.js';

export interface OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: OutboundBody;
  /** Total limit in milliseconds: resolving, connecting, sending and reading. */
  readonly timeoutMs: number;
  /** The longest response body that is read. */
  readonly maxBytes: number;
  /** Of a longer response body the beginning is enough; otherwise the answer is `lost`. */
  readonly cutBody?: boolean;
  /** The request's bytes don't begin to leave after `deadline`. */
  readonly sendBefore?: SendBefore;
  /** `host:port` entries that may be private addresses because the operator configured them; everything else must be public. */
  readonly trustedHosts?: readonly string[];
  /** Take a kept-alive connection if there is one. Ignored with `sendBefore`: a stale socket would make a refusal look ambiguous. */
  readonly reuseConnection?: boolean;
}

export type LostWhy = 'timeout' | 'reset' | 'cut' | 'too-large';

/**
 * What came of a request, never a throw. `answer` is complete, whatever its status. `notSent`: zero bytes of the request
 * left. `lost`: the request, or a part of it, may have arrived, and its effect is unknown.
 */
export type OutboundAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly contentType: string; readonly body: Uint8Array }
  | { readonly kind: 'notSent'; readonly why: NotSentWhy }
  | { readonly kind: 'lost'; readonly why: LostWhy };

const KEEP_ALIVE_MS = 4_000;
const CONNECTIONS_PER_ORIGIN = 32;
const POOL_CONNECT_MS = 10_000;

/**
 * The one way out to other people's servers. Sends once: no retry, no redirect, no proxy variables, no pipelining.
 * Refuses addresses that aren't public at socket level unless the caller trusts that exact host and port.
 */
export class Outbound {
  private readonly pools = new Map<string, Pool>();

  async send(request: OutboundRequest): Promise<OutboundAnswer> {
    const { url } = request;
    if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return notSent('address');
    const passed = startDeadline(request.sendBefore);
    if (passed()) return notSent('deadline');

    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), request.timeoutMs);
    try {
      if (request.reuseConnection === true && request.sendBefore === undefined) {
        return await exchange(this.pool(request), request, limit.signal, connectorRefusal);
      }
      return await sendOnFreshConnection(request, limit.signal, passed);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the kept-alive connections; requests under way come back as `lost`. */
  async close(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  /** Pools live as long as the process, so only callers with a handful of configured origins may ask for reuse. */
  private pool({ url, trustedHosts }: OutboundRequest): Pool {
    const privateAllowed = isTrusted(url, trustedHosts);
    const key = `${url.origin} ${privateAllowed}`;
    const known = this.pools.get(key);
    if (known !== undefined) return known;
    const connect = guardedConnector({ privateAllowed, signal: () => AbortSignal.timeout(POOL_CONNECT_MS) });
    const pool = new Pool(url.origin, {
      connect,
      pipelining: 1,
      connections: CONNECTIONS_PER_ORIGIN,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
    this.pools.set(key, pool);
    return pool;
  }
}

async function sendOnFreshConnection(
  request: OutboundRequest,
  signal: AbortSignal,
  passed: () => boolean,
): Promise<OutboundAnswer> {
  let handedOver = false;
  const connect = guardedConnector({
    privateAllowed: isTrusted(request.url, request.trustedHosts),
    signal: () => signal,
    refusal: () => {
      // undici may reconnect by itself when a socket dies early; a second connection would be a second send.
      if (handedOver) return 'connect';
      if (signal.aborted) return 'timeout';
      if (passed()) return 'deadline';
      handedOver = true;
      return undefined;
    },
  });
  const client = new Client(request.url.origin, { connect, pipelining: 0 });
  try {
    return await exchange(client, request, signal, (error) =>
      handedOver ? undefined : (connectorRefusal(error) ?? (signal.aborted ? 'timeout' : 'connect')),
    );
  } finally {
    void client.destroy().catch(() => undefined);
  }
}

async function exchange(
  dispatcher: Dispatcher,
  request: OutboundRequest,
  signal: AbortSignal,
  /** Why the failure proves that no byte left, or undefined when it proves nothing. */
  whyNotSent: (error: unknown) => NotSentWhy | undefined,
): Promise<OutboundAnswer> {
  let answered = false;
  try {
    const body = encodeBody(request.body);
    const response = await dispatcher.request({
      method: request.method,
      path: `${request.url.pathname}${request.url.search}`,
      headers: {
        ...request.headers,
        ...(body.contentType === undefined ? {} : { 'content-type': body.contentType, 'content-length': String(body.length) }),
      },
      body: body.bytes ?? null,
      signal,
      // The total limit is ours; undici's own timers would only add a second, longer opinion.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    answered = true;
    const bytes = await readUpTo(response.body, request.maxBytes, request.cutBody === true);
    if (bytes === undefined) return { kind: 'lost', why: 'too-large' };
    return { kind: 'answer', status: response.statusCode, contentType: contentTypeOf(response), body: bytes };
  } catch (error) {
    const why = whyNotSent(error);
    if (why !== undefined) return notSent(why);
    if (signal.aborted) return { kind: 'lost', why: 'timeout' };
    return { kind: 'lost', why: answered ? 'cut' : 'reset' };
  }
}

async function readUpTo(body: Dispatcher.ResponseData['body'], maxBytes: number, cut: boolean): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length;
    chunks.push(chunk);
    // Leaving the loop destroys the stream and with it the socket.
    if (length > maxBytes) return cut ? Buffer.concat(chunks).subarray(0, maxBytes) : undefined;
  }
  return Buffer.concat(chunks);
}

function connectorRefusal(error: unknown): NotSentWhy | undefined {
  return error instanceof NotSentError ? error.why : undefined;
}

function contentTypeOf(response: Dispatcher.ResponseData): string {
  const value = response.headers['content-type'];
  return typeof value === 'string' ? value : '';
}

function isTrusted(url: URL, trustedHosts: readonly string[] | undefined): boolean {
  return trustedHosts?.includes(hostAndPort(url)) ?? false;
}

function notSent(why: NotSentWhy): OutboundAnswer {
  return { kind: 'notSent', why };
}
