import type { SecretKey } from '../crypto/sealing.js';
import { Environment } from './environment.js';

/** Words that appear in examples of this repository: a production start with one of them is a mistake. */
const SAMPLE_MARKS = ['sample', 'example', 'change-me', 'changeme', 'vestnik-local', 'secret'];

/** Everything the processes take from outside, parsed once at start. See docs/configuration.md. */
export interface Config {
  readonly production: boolean;
  readonly databaseUrl: string;
  readonly databaseSystemUrl: string;
  readonly queueUrl: string;
  readonly storageUrl: string;
  readonly publicUrl: string;
  /** Where letters are handed over; null: none are sent. */
  readonly smtpUrl: string | null;
  /** Who letters are from. */
  readonly mailFrom: string;
  readonly host: string;
  readonly port: number;
  /** Sealing keys, oldest first; the last one seals, all of them open. */
  readonly secretKeys: readonly SecretKey[];
  readonly accessTokenSecret: string;
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
  /** Opens `/metrics`; without one production does not serve it. */
  readonly metricsToken: string | null;
  /** Hosts that webhooks may reach though they are private, over http too: for development and tests. */
  readonly webhookHosts: readonly string[];
  readonly networks: {
    readonly vkApiUrl: string;
    readonly vkIdUrl: string;
    readonly okApiUrl: string;
    readonly okAuthUrl: string;
    readonly uploadHosts: readonly string[];
  };
}

/**
 * Parses the environment into a `Config`.
 * @throws ConfigurationError that lists every wrong or missing value, so that one start tells all.
 */
export function parseConfig(source: NodeJS.ProcessEnv): Config {
  const env = new Environment(source);
  const production = source.NODE_ENV === 'production';
  const databaseUrl = env.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const databaseSystemUrl = env.url('DATABASE_SYSTEM_URL', ['postgres:', 'postgresql:']);
  const config: Config = {
    production,
    databaseUrl,
    databaseSystemUrl,
    queueUrl: env.url('QUEUE_URL', ['postgres:', 'postgresql:', 'redis:', 'rediss:'], databaseSystemUrl),
    storageUrl: env.url('STORAGE_URL', ['file:'], 'file:./var/storage'),
    publicUrl: env.url('PUBLIC_URL', ['http:', 'https:'], 'http://localhost:3000'),
    smtpUrl: env.url('SMTP_URL', ['smtp:', 'smtps:'], '') || null,
    mailFrom: env.text('MAIL_FROM', 'Вестник <reports@localhost>'),
    host: env.text('HOST', '0.0.0.0'),
    port: env.port('PORT', 3000),
    secretKeys: env.secretKeys('SECRET_KEYS'),
    accessTokenSecret: env.secret('ACCESS_TOKEN_SECRET', 32),
    corsOrigins: env.list('CORS_ORIGINS'),
    trustedProxies: env.list('TRUSTED_PROXIES'),
    logLevel: env.oneOf('LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    metricsToken: env.optionalSecret('METRICS_TOKEN', 16),
    webhookHosts: env.list('WEBHOOK_HOSTS'),
    networks: {
      vkApiUrl: env.url('VK_API_URL', ['http:', 'https:'], 'https://api.vk.com'),
      vkIdUrl: env.url('VK_ID_URL', ['http:', 'https:'], 'https://id.vk.com'),
      okApiUrl: env.url('OK_API_URL', ['http:', 'https:'], 'https://api.ok.ru'),
      okAuthUrl: env.url('OK_AUTH_URL', ['http:', 'https:'], 'https://api.ok.ru'),
      uploadHosts: env.list('NETWORK_UPLOAD_HOSTS'),
    },
  };
  if (production) env.refuse(unsafeValues(config));
  env.throwProblems();
  return config;
}

/** The login that works across tenants, for what an operator does by hand. */
export function systemDatabaseUrl(source: NodeJS.ProcessEnv): string {
  const env = new Environment(source);
  const url = env.url('DATABASE_SYSTEM_URL', ['postgres:', 'postgresql:']);
  env.throwProblems();
  return url;
}

/** The login that owns the tables: only `main.migrate` and local mode read it. */
export function ownerDatabaseUrl(source: NodeJS.ProcessEnv): string {
  const env = new Environment(source);
  const url = env.url('DATABASE_OWNER_URL', ['postgres:', 'postgresql:']);
  env.throwProblems();
  return url;
}

function unsafeValues(config: Config): string[] {
  const hasMark = (value: string) => SAMPLE_MARKS.some((mark) => value.toLowerCase().includes(mark));
  const sampleDatabase = [config.databaseUrl, config.databaseSystemUrl].some(
    (url) => URL.canParse(url) && hasMark(new URL(url).password),
  );
  return [
    ...(hasMark(config.accessTokenSecret) ? ['ACCESS_TOKEN_SECRET is a sample: make your own'] : []),
    ...(config.secretKeys.some(({ key }) => new Set(key).size < 8) ? ['SECRET_KEYS holds a sample key: make your own'] : []),
    ...(sampleDatabase ? ['a database address holds a sample password: make your own'] : []),
    ...(config.networks.uploadHosts.length > 0
      ? ['NETWORK_UPLOAD_HOSTS is for development: production uploads go to the networks’ own hosts']
      : []),
    ...(config.webhookHosts.length > 0
      ? ['WEBHOOK_HOSTS is for development: production webhooks go to public addresses over https']
      : []),
    ...(config.metricsToken !== null && hasMark(config.metricsToken) ? ['METRICS_TOKEN is a sample: make your own'] : []),
    ...(config.corsOrigins.includes('*') ? ['CORS_ORIGINS must list origins, not *'] : []),
  ];
}
