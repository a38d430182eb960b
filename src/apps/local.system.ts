import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { type Config, parseConfig } from '../platform/config/config.js';
import { confirmClock } from '../platform/database/confirm-clock.js';
import { EmbeddedServer } from '../platform/database/embedded-server.js';
import { prepareServer } from '../platform/database/roles.js';
import { serveDocs } from '../platform/http/openapi.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { startSandbox } from '../sandbox/start-sandbox.js';
import type { Lifetime } from './lifetime.js';
import type { LocalFolders } from './local.folders.js';
import { LocalModule } from './local.module.js';
import { reservePorts } from './local.ports.js';
import type { LocalSecrets } from './local.secrets.js';
import { migrateAll } from './migrate.js';
import { buildServer } from './serve.js';

export interface LocalSettings {
  readonly folders: Pick<LocalFolders, 'postgres' | 'storage'>;
  readonly secrets: LocalSecrets;
  /** False for data that is thrown away at the end. */
  readonly durable: boolean;
  readonly logLevel: string;
  /** Told what is being done, and what is not where one would look for it. */
  readonly say: (line: string) => void;
}

/** The whole system in one process, with all that it needs. */
export interface LocalSystem {
  readonly baseUrl: string;
  readonly sandbox: Sandbox;
  readonly database: EmbeddedServer;
}

const DATABASE = 'vestnik';
const HOST = '127.0.0.1';
const API_PORT = 3_000;
/** Walls, VK, OK, uploads, control. */
const SANDBOX_PORT = 4_600;

/** Starts PostgreSQL, the networks' sandbox, and API and workers; `life` closes them in the opposite order. */
export async function startLocal(life: Lifetime, settings: LocalSettings): Promise<LocalSystem> {
  const { folders, secrets, durable, say } = settings;
  say('Starting PostgreSQL …');
  const database = await life.open(
    'PostgreSQL',
    () => EmbeddedServer.start({ dataDir: folders.postgres, durable, superuserPassword: secrets.superuser }),
    (server) => server.stop(),
  );
  await prepareServer(database.superuserUrl(), DATABASE, secrets);
  const migrations = await migrateAll(database.url('vestnik_owner', secrets.owner, DATABASE));
  // A laptop that slept looks like a clock that jumped: whoever starts this anew has seen it.
  await confirmClock(database.url('vestnik_system', secrets.system, DATABASE));
  if (migrations.length > 0) say(`Made or changed the tables: ${migrations.length} migrations`);
  const sandbox = await openSandbox(life, say);
  return { baseUrl: await openApi(life, settings, { database, sandbox }), sandbox, database };
}

async function openSandbox(life: Lifetime, say: LocalSettings['say']): Promise<Sandbox> {
  const ports = await reservePorts(SANDBOX_PORT, 5);
  const { first } = ports;
  if (first !== SANDBOX_PORT) say(`Ports from ${SANDBOX_PORT} on are busy: the sandbox is at ${first} to ${first + 4}`);
  await ports.release();
  const named = { walls: first, vk: first + 1, ok: first + 2, uploads: first + 3, control: first + 4 };
  return life.open(
    'the networks’ sandbox',
    () => startSandbox({ host: HOST, ports: named }),
    (sandbox) => sandbox.stop(),
  );
}

async function openApi(life: Lifetime, settings: LocalSettings, around: Omit<LocalSystem, 'baseUrl'>): Promise<string> {
  const port = await life.open(
    'the reserved port',
    () => reservePorts(API_PORT, 1),
    (reserved) => reserved.release(),
  );
  if (port.first !== API_PORT) settings.say(`Port ${API_PORT} is busy: the API is at ${port.first}`);
  const config = localConfig(settings, around, port.first);
  const app = await life.open(
    'API and workers',
    () => buildServer(LocalModule.with(config), config),
    (server) => server.close(),
  );
  serveDocs(app, config.publicUrl);
  await port.release();
  await app.listen(config.port, config.host);
  return config.publicUrl;
}

function localConfig({ folders, secrets, logLevel }: LocalSettings, around: Omit<LocalSystem, 'baseUrl'>, port: number): Config {
  const { database, sandbox } = around;
  return parseConfig({
    DATABASE_URL: database.url('vestnik_app', secrets.app, DATABASE),
    DATABASE_SYSTEM_URL: database.url('vestnik_system', secrets.system, DATABASE),
    STORAGE_URL: pathToFileURL(resolve(folders.storage)).href,
    PUBLIC_URL: `http://${HOST}:${port}`,
    HOST,
    PORT: String(port),
    SECRET_KEYS: `1:${secrets.sealingKey}`,
    ACCESS_TOKEN_SECRET: secrets.accessTokens,
    LOG_LEVEL: logLevel,
    VK_API_URL: sandbox.vkUrl,
    VK_ID_URL: sandbox.vkUrl,
    OK_API_URL: sandbox.okUrl,
    OK_AUTH_URL: sandbox.okUrl,
    NETWORK_UPLOAD_HOSTS: sandbox.uploadHosts.join(','),
    WEBHOOK_HOSTS: '127.0.0.1,localhost',
  });
}
