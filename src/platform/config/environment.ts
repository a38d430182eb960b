import type { SecretKey } from '../crypto/sealing.js';

export class ConfigurationError extends Error {}

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

  /** @returns null when it is not set. */
  optionalSecret(name: string, minLength: number): string | null {
    return this.text(name, '') === '' ? null : this.secret(name, minLength);
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

  refuse(problems: readonly string[]): void {
    this.problems.push(...problems);
  }

  throwProblems(): void {
    if (this.problems.length > 0)
      throw new ConfigurationError(`Configuration is wrong:\n- ${[...new Set(this.problems)].join('\n- ')}`);
  }
}
