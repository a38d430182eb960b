import { SystemClock, type Clock } from '../platform/clock/clock.js';
import { CallRunner } from './calls/call-runner.js';
import { LateEffects } from './calls/late-effects.js';
import { controlHandler } from './control/control.server.js';
import { settle } from './credentials.js';
import { Ledger } from './ledger/ledger.js';
import { OkSandbox } from './ok/ok.sandbox.js';
import { OK_DEFAULTS } from './ok/ok.settings.js';
import { OkState } from './ok/ok.state.js';
import type { ReadyMadeIds, Sandbox, SandboxOptions } from './sandbox.js';
import { Scripts } from './scripts/scripts.js';
import { networkHandler, okReaders, uploadReaders, vkReaders } from './network-handlers.js';
import { VkSandbox } from './vk/vk.sandbox.js';
import { VK_DEFAULTS } from './vk/vk.settings.js';
import { VkState } from './vk/vk.state.js';
import { wallsHandler } from './walls/walls.server.js';
import { listen, type Address, type Handler, type Listener } from './wire/listener.js';

const IDS: ReadyMadeIds = {
  vkGroupId: 226_000_001,
  vkUserId: 700_000_001,
  okGroupId: '70000001234567',
  okUserId: '570000000001',
};

/** Starts VK, OK, their upload servers, the control address and the walls; everything lives in memory. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? new SystemClock();
  const world = createWorld(options, clock);
  const listeners = new Listeners(options);
  const uploads = await listeners.start('uploads', networkHandler(uploadReaders(world.vkState, world.okState), world.runners));
  const vkUploadUrl = (key: string): string => `${uploads.origin}/vk/upload/${key}`;
  const okUploadUrl = (key: string): string => `${uploads.origin}/ok/upload/${key}`;
  const { vkPathPrefix = '', okPathPrefix = '' } = options;
  const vkListener = await listeners.start(
    'vk',
    networkHandler(vkReaders(world.vkState, vkPathPrefix, vkUploadUrl), world.runners),
  );
  const okListener = await listeners.start(
    'ok',
    networkHandler(okReaders(world.okState, okPathPrefix, okUploadUrl, clock), world.runners),
  );
  const walls = await listeners.start('walls', wallsHandler(world));
  world.vkState.publicOrigin = world.okState.publicOrigin = walls.origin;

  const sandbox: Omit<Sandbox, 'controlUrl'> = {
    vkUrl: vkListener.origin + vkPathPrefix,
    okUrl: okListener.origin + okPathPrefix,
    wallsUrl: walls.origin,
    uploadHosts: [new URL(uploads.origin).host],
    credentials: settle(world.vk, world.ok, { ...IDS, ...options.ids }, options.seed ?? 'sandbox'),
    vk: world.vk,
    ok: world.ok,
    ledger: world.ledger,
    releaseLate: () => world.late.releaseAll(),
    stop: async () => {
      world.runners.vk.stop();
      world.runners.ok.stop();
      await listeners.stop();
      world.ledger.close();
    },
  };
  const control = await listeners.start('control', controlHandler(sandbox));
  return Object.assign(sandbox, { controlUrl: control.origin });
}

function createWorld(options: SandboxOptions, clock: Clock) {
  const ledger = new Ledger(options.ledgerFile);
  const late = new LateEffects(clock);
  const seed = options.seed ?? 'sandbox';
  // Copied deeply: a test that changes the settings of its sandbox must not change them for the next one.
  const vkState = new VkState({ ...structuredClone(VK_DEFAULTS), ...options.vk }, seed);
  const okState = new OkState({ ...structuredClone(OK_DEFAULTS), ...options.ok }, seed);
  const vkScripts = new Scripts();
  const okScripts = new Scripts();
  recordPublications(vkState, okState, ledger);
  ledger.catchUp = () => {
    late.settle();
    vkState.publishDue(clock.now());
    okState.publishDue(clock.now());
  };
  return {
    clock,
    ledger,
    late,
    vkState,
    okState,
    vk: new VkSandbox(vkState, vkScripts, ledger, late, clock),
    ok: new OkSandbox(okState, okScripts, ledger, late, clock),
    runners: {
      vk: new CallRunner(vkScripts, ledger, late, clock),
      ok: new CallRunner(okScripts, ledger, late, clock),
    },
  };
}

/** A postponed post that goes live changes the wall without any call; the ledger must know. */
function recordPublications(vkState: VkState, okState: OkState, ledger: Ledger): void {
  const common = {
    what: 'lateEffect',
    method: 'publication',
    tokenLabel: null,
    paramsHash: '',
    effect: 'yes',
    answer: 'none',
  } as const;
  vkState.onPublished = (post) =>
    ledger.append({
      ...common,
      network: 'vk',
      at: post.date.toISOString(),
      owner: String(post.ownerId),
      postId: String(post.id),
    });
  okState.onPublished = (topic) =>
    ledger.append({ ...common, network: 'ok', at: topic.createdAt.toISOString(), owner: topic.groupId, postId: topic.id });
}

/** Every address that was opened, so that a stop forgets none. */
class Listeners {
  private readonly open: Listener[] = [];

  constructor(private readonly options: SandboxOptions) {}

  async start(name: keyof NonNullable<SandboxOptions['ports']>, handler: Handler): Promise<Listener> {
    const host = this.options.host ?? '127.0.0.1';
    const address: Address = { host, port: this.options.ports?.[name] ?? 0, publicHost: this.options.publicHost ?? host };
    try {
      const listener = await listen(address, handler);
      this.open.push(listener);
      return listener;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.open.map((listener) => listener.stop()));
  }
}
