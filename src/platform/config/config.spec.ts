import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ownerDatabaseUrl, parseConfig } from './config.js';
import { ConfigurationError } from './environment.js';

const key = randomBytes(32).toString('base64');
const GOOD = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://vestnik_app:Qz7pLx@db:5432/vestnik',
  DATABASE_SYSTEM_URL: 'postgres://vestnik_system:Wm4tRk@db:5432/vestnik',
  SECRET_KEYS: `1:${key}`,
  ACCESS_TOKEN_SECRET: 'p0Jk2mQ9vX7bN4tR8sL1wZ6yC3hF5gD0',
};

describe('the configuration', () => {
  it('has defaults for everything that is not a secret or a place of data', () => {
    const config = parseConfig(GOOD);
    expect(config).toMatchObject({
      production: true,
      port: 3000,
      storageUrl: 'file:./var/storage',
      corsOrigins: [],
      logLevel: 'info',
      metricsToken: null,
    });
    expect(config.networks).toEqual({
      ...{ vkApiUrl: 'https://api.vk.com', vkIdUrl: 'https://id.vk.com' },
      ...{ okApiUrl: 'https://api.ok.ru', okAuthUrl: 'https://api.ok.ru', uploadHosts: [] },
    });
    expect(config.queueUrl).toBe(GOOD.DATABASE_SYSTEM_URL);
  });

  it.each([
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'mysql://db/vestnik'],
    ['DATABASE_SYSTEM_URL', 'not an address'],
    ['QUEUE_URL', 'amqp://queue'],
    ['STORAGE_URL', 'ftp://files'],
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['SECRET_KEYS', undefined],
    ['SECRET_KEYS', `1:${randomBytes(16).toString('base64')}`],
    ['SECRET_KEYS', `2:${key},1:${key}`],
    ['SECRET_KEYS', key],
    ['ACCESS_TOKEN_SECRET', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['VK_API_URL', 'api.vk.com'],
  ])('is refused when %s is %s, by name', (name, value) => {
    expect(() => parseConfig({ ...GOOD, [name]: value })).toThrow(new RegExp(`^Configuration is wrong:[^]*${name}`));
  });

  it('tells every mistake at once', () => {
    expect(() => parseConfig({})).toThrow(/DATABASE_URL[^]*DATABASE_SYSTEM_URL[^]*SECRET_KEYS[^]*ACCESS_TOKEN_SECRET/);
  });

  it.each([
    ['ACCESS_TOKEN_SECRET', 'please-change-me-please-change-me'],
    ['SECRET_KEYS', `1:${Buffer.alloc(32).toString('base64')}`],
    ['DATABASE_URL', 'postgres://vestnik_app:example@db:5432/vestnik'],
    ['NETWORK_UPLOAD_HOSTS', '127.0.0.1:4600'],
    ['WEBHOOK_HOSTS', '127.0.0.1'],
    ['CORS_ORIGINS', '*'],
  ])('in production refuses a sample or a laxity in %s, which development may have', (name, value) => {
    expect(() => parseConfig({ ...GOOD, [name]: value })).toThrow(ConfigurationError);
    expect(() => parseConfig({ ...GOOD, NODE_ENV: 'development', [name]: value })).not.toThrow();
  });

  it('never repeats a secret in its complaint', () => {
    const secret = 'tooShortSecret';
    expect(() => parseConfig({ ...GOOD, ACCESS_TOKEN_SECRET: secret })).toThrow(
      expect.not.stringContaining(secret) as unknown as Error,
    );
  });

  it('of a migration is the owner’s login alone', () => {
    expect(ownerDatabaseUrl({ DATABASE_OWNER_URL: 'postgres://vestnik_owner:x@db/vestnik' })).toContain('vestnik_owner');
    expect(() => ownerDatabaseUrl({})).toThrow('DATABASE_OWNER_URL');
  });
});
