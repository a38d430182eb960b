import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials, NetworkName, PostContent, PublishRequest } from '../../src/networks/network.js';
import { createNetworks, type Networks } from '../../src/networks/networks.js';
import { Outbound, type OutboundAnswer, type OutboundRequest } from '../../src/platform/outbound/outbound.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.js';
import { MovableClock } from '../../src/sandbox/spec-support.js';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { okSide, vkSide, type Side } from './sides.js';

/** Node publishes every request that reaches any HTTP server of this process, before the server looks at it. */
const ARRIVALS = 'http.server.request.start';

export interface Arrival {
  readonly port: number;
  readonly url: string;
  readonly headers: string;
}

/** Calls of one standing second count together, so rates are out of the way unless a test is about them. */
const NO_RATES = { user: 1_000, service: 1_000, community: 1_000 };

/** The true way out, with a copy of the form that each request carries. */
class WatchedOutbound extends Outbound {
  readonly forms: string[] = [];

  override send(request: OutboundRequest): Promise<OutboundAnswer> {
    if ('fields' in request.body) this.forms.push(JSON.stringify(request.body.fields));
    return super.send(request);
  }
}

/** The adapters on one side of the wire, the sandbox on the other, and an eye on the wire itself. */
export class ContractWorld {
  readonly arrivals: Arrival[] = [];
  private readonly traps: Server[] = [];

  private constructor(
    readonly sandbox: Sandbox,
    readonly clock: MovableClock,
    readonly networks: Networks,
    private readonly outbound: WatchedOutbound,
  ) {
    subscribe(ARRIVALS, this.note);
  }

  static async start(options: SandboxOptions = {}): Promise<ContractWorld> {
    const clock = new MovableClock();
    const sandbox = await startSandbox({ clock, ...options, vk: { perSecond: NO_RATES, ...options.vk } });
    const settings = {
      vkApiUrl: sandbox.vkUrl,
      vkIdUrl: sandbox.vkUrl,
      okApiUrl: sandbox.okUrl,
      okAuthUrl: sandbox.okUrl,
      uploadHosts: sandbox.uploadHosts,
    };
    const outbound = new WatchedOutbound();
    return new ContractWorld(sandbox, clock, createNetworks(settings, outbound, options.clock ?? clock), outbound);
  }

  /** One network with its sandbox, so that a sentence that holds for both is written once. */
  side(name: NetworkName): Side {
    return name === 'vk' ? vkSide(this) : okSide(this);
  }

  /** The forms that were sent, in order. */
  get forms(): readonly string[] {
    return this.outbound.forms;
  }

  /** How many requests reached the servers of the sandbox. */
  get received(): number {
    const { vkUrl, okUrl, uploadHosts } = this.sandbox;
    const ports = [vkUrl, okUrl, `http://${uploadHosts[0]}`].map((address) => Number(new URL(address).port));
    return this.arrivals.filter(({ port }) => ports.includes(port)).length;
  }

  /** A server that nothing should reach; says at which address it waits. */
  async trap(): Promise<{ readonly url: string; readonly caught: () => number }> {
    const seen = { connections: 0 };
    const server = createServer((_, response) => response.end('"1"'));
    server.on('connection', () => (seen.connections += 1));
    this.traps.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/fb.do`, caught: () => seen.connections };
  }

  async stop(): Promise<void> {
    unsubscribe(ARRIVALS, this.note);
    await this.outbound.close();
    for (const server of this.traps) server.close();
    await this.sandbox.stop();
  }

  private readonly note = (message: unknown): void => {
    const { request } = message as { request: IncomingMessage };
    const headers = JSON.stringify(request.rawHeaders);
    this.arrivals.push({ port: request.socket.localPort ?? 0, url: request.url ?? '', headers });
  };
}

export const TEXT = 'Движение по мосту открыто';

/** A publication that leaves at once. */
export function aRequest(side: Side, changes: Partial<PublishRequest> & { content?: PostContent } = {}): PublishRequest {
  const { page, credentials, clock } = side;
  const sendBefore = new Date(clock.now().getTime() + 3_000);
  return { page, credentials, content: { text: TEXT, photos: [] }, marker: 'intent-1', sendBefore, ...changes };
}

export function without(credentials: Credentials, ...names: string[]): Credentials {
  return Object.fromEntries(Object.entries(credentials).filter(([name]) => !names.includes(name)));
}
