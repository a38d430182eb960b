import { SystemClock } from '../../platform/clock/clock.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import { ScriptedServer } from '../scripted-server.js';
import { VkNetwork } from './vk.network.js';

export const CREDENTIALS = { communityToken: 'vk1.a.community', userToken: 'vk1.a.user', serviceToken: 'service' };
export const PAGE = { externalId: '77' };

export const vkError = (error_code: number) => ({ error: { error_code, error_msg: '', request_params: [] } });

/** For specs only: the adapter, and a server in VK's place. */
export class ScriptedVk {
  /** Answers by method in turn, the last one for ever. */
  plays: Record<string, unknown[]> = {};
  /** Where the server is, as an address. */
  base = '';
  private readonly server = new ScriptedServer(({ path }) => {
    const method = path.split('/').at(-1)?.split('?')[0] ?? '';
    const queue = this.plays[method] ?? [vkError(3)];
    return queue.length > 1 ? queue.shift() : queue[0];
  });
  private readonly outbound = new Outbound();
  readonly calls = this.server.calls;

  async start(): Promise<VkNetwork> {
    const host = await this.server.start();
    this.base = `http://${host}`;
    const addresses = { apiUrl: `${this.base}/vk`, idUrl: this.base, uploadHosts: [host] };
    return new VkNetwork(addresses, this.outbound, new SystemClock());
  }

  /** Nothing was called, and nothing is scripted. */
  reset(): void {
    this.calls.length = 0;
    this.plays = {};
  }

  async stop(): Promise<void> {
    await this.outbound.close();
    this.server.stop();
  }
}
