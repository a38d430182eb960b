import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../platform/clock/clock.js';
import type { Ledger, LedgerEntry } from '../ledger/ledger.js';
import type { Script } from '../scripts/script.js';
import type { Scripts } from '../scripts/scripts.js';
import { send, type Reply } from '../wire/reply.js';
import type { LateEffects } from './late-effects.js';
import type { NetworkCall, Performed } from './network-call.js';
import { hashParams } from './params-hash.js';
import { Refusal } from './refusal.js';
import { scriptedReply } from './scripted-reply.js';

type Result = { kind: 'performed'; performed: Performed } | { kind: 'refused'; refusal: Refusal } | { kind: 'notDone' };

/** Carries out one call the way its script says: effect, ledger, answer, in this order. */
export class CallRunner {
  private readonly stopping = new AbortController();

  constructor(
    private readonly scripts: Scripts,
    private readonly ledger: Ledger,
    private readonly late: LateEffects,
    private readonly clock: Clock,
  ) {}

  async run(call: NetworkCall, response: ServerResponse): Promise<void> {
    this.late.settle();
    const script = this.scripts.take(call.method);
    const result = this.takeEffect(call, script);
    const ownReply = replyTo(call, result);
    this.record(call, result, script);
    if (script.delayMs > 0) await sleep(script.delayMs, undefined, { signal: this.stopping.signal, ref: false }).catch(() => {});
    // Only a success can be falsified: a real refusal under such a script is a mistake in the test and must be seen.
    const falsified = script.answer.kind === 'replaced' || script.answer.kind === 'patched';
    if (falsified && result.kind === 'refused') return send(response, ownReply);
    const value = result.kind === 'performed' ? result.performed.value : undefined;
    send(response, scriptedReply(call, script.answer, ownReply, value));
  }

  /** Lets go of delayed answers, so that a stop does not wait for them. */
  stop(): void {
    this.stopping.abort();
  }

  private takeEffect(call: NetworkCall, script: Script): Result {
    if (script.effect === 'none') return { kind: 'notDone' };
    if (typeof script.effect === 'object') {
      this.late.plan(script.effect.lateMs, (at) => this.recordLate(call, perform(call, at), at));
      return { kind: 'notDone' };
    }
    const result = perform(call, this.clock.now());
    if (script.effect === 'twice' && result.kind === 'performed') {
      const again = perform(call, this.clock.now(), true);
      this.recordLate(call, again, this.clock.now());
    }
    return result;
  }

  private record(call: NetworkCall, result: Result, script: Script): void {
    const effect = typeof script.effect === 'object' ? 'late' : changed(result) ? 'yes' : 'no';
    const answer = script.answer.kind === 'normal' ? answerOf(result) : scriptedAnswerName(script);
    this.ledger.append({ ...this.entryFor(call, result, this.clock.now()), what: 'call', effect, answer });
  }

  private recordLate(call: NetworkCall, result: Result, at: Date): void {
    const effect = changed(result) ? 'yes' : 'no';
    this.ledger.append({ ...this.entryFor(call, result, at), what: 'lateEffect', effect, answer: answerOf(result) });
  }

  private entryFor(call: NetworkCall, result: Result, at: Date): Omit<LedgerEntry, 'seq' | 'what' | 'effect' | 'answer'> {
    const touched = result.kind === 'performed' ? result.performed.touched : null;
    return {
      at: at.toISOString(),
      network: call.network,
      method: call.method,
      tokenLabel: call.tokenLabel,
      paramsHash: hashParams(call.params),
      owner: touched?.owner ?? null,
      postId: touched?.postId ?? null,
    };
  }
}

function perform(call: NetworkCall, at: Date, again = false): Result {
  try {
    return { kind: 'performed', performed: call.perform(at, again) };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', refusal: error };
    throw error;
  }
}

function replyTo(call: NetworkCall, result: Result): Reply {
  if (result.kind === 'performed') return call.encodeSuccess(result.performed.value);
  if (result.kind === 'refused') return call.encodeRefusal(result.refusal);
  return { kind: 'reset' };
}

function changed(result: Result): boolean {
  return result.kind === 'performed' && result.performed.changed;
}

function answerOf(result: Result): string {
  if (result.kind === 'performed') return 'success';
  return result.kind === 'refused' ? `error:${result.refusal.code}` : 'none';
}

function scriptedAnswerName(script: Script): string {
  const answer = script.answer;
  if (answer.kind === 'rejected') return `error:${answer.code}`;
  if (answer.kind === 'status' || answer.kind === 'redirected') return `${answer.kind}:${answer.status}`;
  return answer.kind;
}
