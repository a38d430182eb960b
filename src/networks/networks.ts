import type { Clock } from '../platform/clock/clock.js';
import type { Outbound } from '../platform/outbound/outbound.js';
import type { Network, NetworkName } from './network.js';
import { OkNetwork } from './ok/ok.network.js';
import { VkNetwork } from './vk/vk.network.js';

/** Where the networks are; every base address may carry a path prefix. */
export interface NetworkSettings {
  /** `/method/<name>` is added to it. */
  readonly vkApiUrl: string;
  /** `/oauth2/auth` is added to it. */
  readonly vkIdUrl: string;
  /** `/fb.do` is added to it. */
  readonly okApiUrl: string;
  /** `/oauth/token.do` is added to it. */
  readonly okAuthUrl: string;
  /** `host:port` entries to which photos may go besides the networks' own hosts. */
  readonly uploadHosts: readonly string[];
}

/** Every network that this installation speaks to. */
export class Networks {
  constructor(private readonly networks: Readonly<Record<NetworkName, Network>>) {}

  get(name: NetworkName): Network {
    return this.networks[name];
  }

  all(): readonly Network[] {
    return Object.values(this.networks);
  }
}

export function createNetworks(settings: NetworkSettings, outbound: Outbound, clock: Clock): Networks {
  const { uploadHosts } = settings;
  return new Networks({
    vk: new VkNetwork({ apiUrl: settings.vkApiUrl, idUrl: settings.vkIdUrl, uploadHosts }, outbound, clock),
    ok: new OkNetwork({ apiUrl: settings.okApiUrl, authUrl: settings.okAuthUrl, uploadHosts }, outbound, clock),
  });
}
