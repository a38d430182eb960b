import type { Config, SecretKey } from './config.js';

export class ConfigurationError extends Error {}

/** Words that appear in examples of this repository: a production start with one of them is a mistake. */
const SAMPLE_MARKS = ['sample', 'example', 'change-me', 'changeme', 'vestnik-local', 'secret'];

/** Reads variables one by one and collects what is wrong with them. */
export class Environment {
  private readonly problems: string[] = [];

  constructor(private readonly source: NodeJS.ProcessEnv) {}

  text(name: string, fallback?: string): string {
    const value = this.source[name]?.trim();
    if (value) return value;
    if (fallback !== undefined) return fallback;
    this.problems.push(`${name} is missing`);
    return '';
  }

  url(name: string, protocols: readonly string[], fallback?: string): string {
    const value = this.text(name, fallback);
    if (!value) return value;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      this.problems.push(`${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    }
    return value;
  }

  port(name: string, fallback: number): number {
    const value = Number(this.text(name, String(fallback)));
    if (!Number.isInteger(value) || value < 0 || value > 65_535) this.problems.push(`${name} must be a port from 0 to 65535`);
    return value;
  }

  list(name: string): string[] {
    return this.text(name, '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
  }

  oneOf(name: string, values: readonly string[], fallback: string): string {
    const value = this.text(name, fallback);
    if (!values.includes(value)) this.problems.push(`${name} must be one of ${values.join(', ')}`);
    return value;
  }

  secret(name: string, minLength: number): string {
    const value = this.text(name);
    if (value && value.length < minLength) this.problems.push(`${name} must have at least ${minLength} characters`);
    return value;
  }

  /** `1:<base64 of 32 bytes>[,2:<…>]`, oldest first. */
  secretKeys(name: string): SecretKey[] {
    const keys = this.text(name)
      .split(',')
      .filter(Boolean)
      .map((part) => {
        const [version, key] = part.split(':');
        return { version: Number(version), key: Buffer.from(key ?? '', 'base64') };
      });
    const rising = keys.every((key, i) => Number.isInteger(key.version) && key.version > (keys[i - 1]?.version ?? 0));
    if (!rising || keys.some(({ key }) => key.length !== 32)) {
      this.problems.push(`${name} must be "1:<base64 of 32 bytes>", further keys after a comma with rising numbers`);
    }
    return keys;
  }

  refuseUnsafe(config: Config): void {
    const lowered = config.accessTokenSecret.toLowerCase();
    if (SAMPLE_MARKS.some((mark) => lowered.includes(mark))) this.problems.push('ACCESS_TOKEN_SECRET is a sample: make your own');
    if (config.secretKeys.some(({ key }) => new Set(key).size < 8))
      this.problems.push('SECRET_KEYS holds a sample key: make your own');
    for (const url of [config.databaseUrl, config.databaseSystemUrl]) {
      if (URL.canParse(url) && SAMPLE_MARKS.some((mark) => new URL(url).password.toLowerCase().includes(mark))) {
        this.problems.push('a database address holds a sample password: make your own');
      }
    }
    if (config.networks.uploadHosts.length > 0) {
      this.problems.push('NETWORK_UPLOAD_HOSTS is for development only: production uploads go to the networks’ own hosts');
    }
    if (config.corsOrigins.includes('*')) this.problems.push('CORS_ORIGINS must list origins, not *');
  }

  throwProblems(): void {
    if (this.problems.length > 0)
      throw new ConfigurationError(`Configuration is wrong:\n- ${[...new Set(this.problems)].join('\n- ')}`);
  }
}
