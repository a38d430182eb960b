import type { Script, ScriptedAnswer, ScriptedEffect } from './script.js';

export interface RejectionDetails {
  message?: string;
  subcode?: number;
  /** More fields of the error object, such as `captcha_sid` or `redirect_uri`. */
  fields?: Record<string, unknown>;
}

/** Says in words what the next calls of a method meet. The verbs can be combined: `acceptsLate(30_000).answersSlowly(500)`. */
export class ScriptBuilder {
  constructor(private readonly script: Script) {}

  /** How many calls meet it; without this, one. */
  times(count: number): this {
    this.script.times = count;
    return this;
  }

  always(): this {
    this.script.times = null;
    return this;
  }

  /** The network refuses with its own error envelope; nothing happens. */
  rejects(code: number, details: RejectionDetails = {}): this {
    return this.become('none', { kind: 'rejected', code, ...details });
  }

  /** The effect happens at once, the answer comes so much later (real time). */
  answersSlowly(ms: number): this {
    this.script.delayMs = ms;
    return this;
  }

  acceptsThenDrops(): this {
    return this.become('now', { kind: 'dropped' });
  }

  dropsBeforeEffect(): this {
    return this.become('none', { kind: 'dropped' });
  }

  /** The effect happens, the answer never comes and the connection stays open. */
  acceptsThenHangs(): this {
    return this.become('now', { kind: 'hung' });
  }

  hangsBeforeEffect(): this {
    return this.become('none', { kind: 'hung' });
  }

  /** The connection drops, the effect happens after so long on the sandbox's clock; without a time, when `releaseLate()` is called. */
  acceptsLate(afterMs: number | null = null): this {
    return this.become({ lateMs: afterMs }, { kind: 'dropped' });
  }

  acceptsTwice(): this {
    this.script.effect = 'twice';
    return this;
  }

  acceptsThenFails(status: number): this {
    return this.become('now', { kind: 'status', status });
  }

  failsBefore(status: number, headers?: Record<string, string>): this {
    return this.become('none', { kind: 'status', status, ...(headers && { headers }) });
  }

  /** An HTML page with status 200; the effect happens unless `withoutEffect()` follows. */
  answersHtml(): this {
    return this.answer({ kind: 'html' });
  }

  /** A complete HTTP answer whose JSON ends in the middle. */
  answersTruncated(): this {
    return this.answer({ kind: 'truncated' });
  }

  /** A chunked answer that breaks off with a connection reset. */
  cutsAnswer(): this {
    return this.answer({ kind: 'cut' });
  }

  answersEmpty(): this {
    return this.answer({ kind: 'empty' });
  }

  answersNull(): this {
    return this.answer({ kind: 'null' });
  }

  redirects(to: string, status = 307): this {
    return this.become('none', { kind: 'redirected', to, status });
  }

  /** A well-formed success with another value, e.g. `{ post_id: 0 }` or `"0"`. */
  answersInstead(value: unknown): this {
    return this.answer({ kind: 'replaced', value });
  }

  /** The true success with some fields overwritten. */
  patches(fields: Record<string, unknown>): this {
    return this.answer({ kind: 'patched', fields });
  }

  /** For the calls that hand out an upload address. */
  pointsUploadTo(url: string): this {
    return this.patches({ upload_url: url });
  }

  withoutEffect(): this {
    this.script.effect = 'none';
    return this;
  }

  /** Replaces the answer of a verb above, e.g. `acceptsLate().thenAnswers({ kind: 'status', status: 504 })`. */
  thenAnswers(answer: ScriptedAnswer): this {
    return this.answer(answer);
  }

  private become(effect: ScriptedEffect, answer: ScriptedAnswer): this {
    this.script.effect = effect;
    this.script.answer = answer;
    return this;
  }

  private answer(answer: ScriptedAnswer): this {
    this.script.answer = answer;
    return this;
  }
}
