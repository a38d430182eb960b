import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';
import { isPublicAddress } from './address-guard.js';

/** Why not one byte of the request left this machine. */
export type NotSentWhy = 'address' | 'dns' | 'connect' | 'tls' | 'deadline' | 'timeout';

/** Thrown by the connector only, so that meeting it proves that nothing was sent. Carries no address and no URL. */
export class NotSentError extends Error {
  constructor(readonly why: NotSentWhy) {
    super(`The request was not sent: ${why}`);
  }
}

export interface ConnectionRules {
  /** True for hosts that the operator configured by name: they may be loopback or private. */
  readonly privateAllowed: boolean;
  /** Ends an attempt to connect. */
  readonly signal: () => AbortSignal;
  /** Asked at the last instant before the socket goes to the HTTP writer, which writes in the same tick. */
  readonly refusal?: () => NotSentWhy | undefined;
}

/** How long one address of a host with several may take before the next is tried as well; Node's 250 ms is too short for mobile links. */
const NEXT_ADDRESS_AFTER_MS = 2_000;

/**
 * Connects in three checked steps: the literal or the resolved addresses before the first packet, the address that the
 * socket really reached before the first byte (a `lookup` hook alone isn't asked for IP literals), the certificate
 * before the request. A host that resolves to even one refused address is refused: rebinding hides among good answers.
 */
export function guardedConnector(rules: ConnectionRules): buildConnector.connector {
  return (options, callback) => {
    const signal = rules.signal();
    const finish = onlyOnce(callback);
    if (signal.aborted) return finish(new NotSentError('timeout'), undefined);
    const host = options.hostname;
    if (!rules.privateAllowed && isIP(host) !== 0 && !isPublicAddress(host))
      return finish(new NotSentError('address'), undefined);

    const secure = options.protocol === 'https:';
    const tcp = openTcp(host, Number(options.port || (secure ? 443 : 80)), rules.privateAllowed);
    let stage: NotSentWhy = 'connect';
    const stop = (): void => void tcp.destroy(new NotSentError('timeout'));
    signal.addEventListener('abort', stop, { once: true });
    const fail = (error: Error): void => finish(error instanceof NotSentError ? error : new NotSentError(stage), undefined);
    const ready = (socket: Socket): void => {
      signal.removeEventListener('abort', stop);
      const why = rules.refusal?.();
      if (why === undefined) return finish(null, socket);
      socket.destroy();
      finish(new NotSentError(why), undefined);
    };

    tcp.on('error', fail);
    // A handshake that the other side ends quietly raises no error of its own.
    tcp.once('close', () => fail(new NotSentError(stage)));
    tcp.once('connect', () => {
      if (!rules.privateAllowed && !isPublicAddress(tcp.remoteAddress ?? ''))
        return void tcp.destroy(new NotSentError('address'));
      if (!secure) return ready(tcp);
      stage = 'tls';
      const tls = openTls(tcp, host);
      tls.on('error', fail);
      tls.once('secureConnect', () => ready(tls));
    });
  };
}

function openTcp(host: string, port: number, privateAllowed: boolean): Socket {
  return connectTcp({
    host,
    port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
    lookup: guardedLookup(privateAllowed),
  });
}

function openTls(socket: Socket, host: string): TLSSocket {
  // SNI carries names only; for an address the certificate is compared with `host`.
  const name = isIP(host) === 0 ? { servername: host } : {};
  return connectTls({ socket, host, rejectUnauthorized: true, ALPNProtocols: ['http/1.1'], ...name });
}

function onlyOnce(callback: buildConnector.Callback): (error: Error | null, socket: Socket | undefined) => void {
  let called = false;
  return (error, socket) => {
    if (called) return;
    called = true;
    if (error !== null) callback(error, null);
    else if (socket !== undefined) callback(null, socket);
  };
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

function guardedLookup(privateAllowed: boolean) {
  return (host: string, options: LookupOptions, callback: LookupCallback): void => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0];
      if (error !== null || first === undefined) return callback(new NotSentError('dns'), '');
      if (!privateAllowed && !addresses.every(({ address }) => isPublicAddress(address)))
        return callback(new NotSentError('address'), '');
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
