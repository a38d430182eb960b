import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { wholeContractor } from '../../../platform/database/scope.js';
import { UnitOfWork } from '../../../platform/database/work.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import { EndpointSecrets } from '../endpoints/endpoint-secrets.service.js';
import { trustedHosts } from '../endpoints/target-address.js';
import { WebhookSettings } from '../endpoints/webhooks.settings.js';
import { type Claimed, ClaimStore } from './claim.store.js';
import { isSlow } from './retries.js';
import { Settling } from './settling.service.js';
import { signedHeaders } from './signature.js';
import { resultOf, type TryResult } from './try-outcome.js';

/** For a whole try: resolving, connecting, sending and the answer. */
const TRY_MS = 15_000;
/** After so long the job makes room for another endpoint's; a try that began in time ends within the job's own limit. */
const TURN_MS = 20_000;
const MOST_BYTES = 4_096;

interface Tried {
  readonly result: TryResult;
  readonly durationMs: number;
}

/** The network's way out, and what it may reach. */
@Injectable()
export class WebhookWay {
  constructor(
    private readonly outbound: Outbound,
    private readonly settings: WebhookSettings,
    private readonly clock: Clock,
  ) {}

  /** Sends once; no redirect is followed, and nothing private is reached. */
  async post(address: string, headers: Record<string, string>, text: string): Promise<Tried> {
    const url = new URL(address);
    const began = this.clock.monotonicMs();
    const answer = await this.outbound.send({
      ...{ method: 'POST', url, headers: { ...headers, 'user-agent': 'Vestnik-Webhooks/1' }, body: { kind: 'json', text } },
      ...{ timeoutMs: TRY_MS, maxBytes: MOST_BYTES, cutBody: true, trustedHosts: trustedHosts(url, this.settings.openHosts) },
    });
    return { result: resultOf(answer), durationMs: Math.round(this.clock.monotonicMs() - began) };
  }
}

/** Sends what is due for an endpoint, one after the other: claim, call, settle. */
@Injectable()
export class SendingService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly claims: ClaimStore,
    private readonly secrets: EndpointSecrets,
    private readonly way: WebhookWay,
    private readonly settling: Settling,
  ) {}

  /** @param lane the kind of endpoints among which it is sent to: one that is of the other kind by now is left to the others */
  async send(of: { contractorId: string; endpointId: string }, lane: 'well' | 'troubled', signal: AbortSignal): Promise<void> {
    const turn = AbortSignal.any([signal, AbortSignal.timeout(TURN_MS)]);
    while (!turn.aborted) {
      const state = await this.sendNext(of.contractorId, of.endpointId);
      if (state === 'nothing' || (state === 'troubled' && lane === 'well')) return;
    }
  }

  private async sendNext(contractorId: string, endpointId: string): Promise<'nothing' | 'well' | 'troubled'> {
    const taken = await this.work.forTenant(wholeContractor(contractorId), async (tx) => {
      const claimed = await this.claims.take(tx, contractorId, endpointId);
      return claimed && { claimed, secrets: await this.secrets.open(tx, { contractorId, id: endpointId }) };
    });
    if (!taken) return 'nothing';
    const { result, durationMs } = await this.way.post(
      taken.claimed.url,
      headersOf(taken.claimed, taken.secrets),
      taken.claimed.body,
    );
    await this.settling.settle(taken.claimed, result, durationMs);
    return result.outcome !== 'delivered' || isSlow(durationMs) ? 'troubled' : 'well';
  }
}

function headersOf({ eventId, now, body }: Claimed, secrets: readonly string[]): Record<string, string> {
  return signedHeaders({ id: eventId, at: now, body }, secrets);
}
