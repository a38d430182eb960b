import type { Clock } from '../platform/clock/clock.js';
import type { Credentials } from './credentials.js';
import type { Ledger } from './ledger/ledger.js';
import type { OkSandbox } from './ok/ok.sandbox.js';
import type { OkSettings } from './ok/ok.settings.js';
import type { VkSandbox } from './vk/vk.sandbox.js';
import type { VkSettings } from './vk/vk.settings.js';

export interface SandboxOptions {
  host?: string;
  /** The host name in the addresses that are handed out; default: `host`. */
  publicHost?: string;
  /** 0, the default, takes any free port. */
  ports?: Partial<Record<'vk' | 'ok' | 'uploads' | 'control' | 'walls', number>>;
  /** A path in front of every API path, such as `/vk`. */
  vkPathPrefix?: string;
  okPathPrefix?: string;
  clock?: Clock;
  /** Ids of the ready-made community, group and people. */
  ids?: Partial<ReadyMadeIds>;
  /** Tokens and keys are derived from it, so two starts with one seed have the same credentials. */
  seed?: string;
  /** The ledger is also appended, flushed to disk line by line, to this JSONL file. */
  ledgerFile?: string;
  vk?: Partial<VkSettings>;
  ok?: Partial<OkSettings>;
}

export interface ReadyMadeIds {
  vkGroupId: number;
  vkUserId: number;
  okGroupId: string;
  okUserId: string;
}

export interface Sandbox {
  /** Base of `/method/<name>`. */
  readonly vkUrl: string;
  /** Base of `/fb.do`, `/api/<group>/<name>` and of `/oauth/…`. */
  readonly okUrl: string;
  readonly controlUrl: string;
  readonly wallsUrl: string;
  /** `host:port` of the upload servers of both networks. */
  readonly uploadHosts: readonly string[];
  readonly credentials: Credentials;
  readonly vk: VkSandbox;
  readonly ok: OkSandbox;
  readonly ledger: Ledger;
  /** Lets every effect that waits (`acceptsLate`) happen now; says how many there were. */
  releaseLate(): number;
  stop(): Promise<void>;
}
