import { Injectable } from '@nestjs/common';
import type { CallOutcome, CredentialCheck, Credentials, NetworkName, PageDescription } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { pause } from '../../platform/clock/pause.js';
import { CallTurns } from './call-turns.js';
import { credentialProblems } from './given-credentials.js';
import type { Page } from './page.js';
import { CredentialsRefused, NetworkBusy } from './pages.errors.js';

/** Somebody who connects many pages with one token waits so long for each of them, in the worst case. */
const PATIENCE_MS = 3_000;

export interface Proof {
  readonly check: CredentialCheck;
  readonly description: PageDescription;
}

/** Proves at the network what a person entered. */
@Injectable()
export class ConnectionProofs {
  constructor(
    private readonly networks: Networks,
    private readonly turns: CallTurns,
  ) {}

  /** What is wrong with what was entered, field by field; `stored` are the secrets that the page has already. */
  problems(network: NetworkName, given: Credentials, stored: Credentials): ReturnType<typeof credentialProblems> {
    return credentialProblems(this.networks.get(network).credentialKinds, given, stored);
  }

  /**
   * Other pages may have the same secrets, so this waits for a turn of each: for moments, because a person waits for the answer.
   * What is asked counts once more at the end, because calls travel: the next post must not come as one too many of their second.
   * @throws CredentialsRefused with the network's reason, NetworkBusy
   */
  async prove(contractorId: string, page: Page, credentials: Credentials): Promise<Proof> {
    const network = this.networks.get(page.network);
    const reference = { externalId: page.externalId };
    await this.turn(contractorId, page.network, credentials);
    try {
      const check = settled(await network.checkCredentials(reference, credentials));
      const description = settled(await network.describePage(reference, credentials));
      return { check, description };
    } finally {
      await this.turns.checked(contractorId, page.network, credentials);
    }
  }

  private async turn(contractorId: string, network: NetworkName, credentials: Credentials): Promise<void> {
    for (let patienceMs = PATIENCE_MS; ;) {
      const waitMs = await this.turns.toProve(contractorId, network, credentials);
      if (waitMs === 0) return;
      patienceMs -= waitMs;
      // The network may answer "too many a second" now, and the person is told to try again.
      if (patienceMs < 0) return this.turns.checked(contractorId, network, credentials);
      await pause(waitMs);
    }
  }
}

function settled<T>(outcome: CallOutcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  const { reason } = outcome;
  if (outcome.kind === 'retryLater')
    throw new NetworkBusy({ message: reason.message, retryAfterSeconds: Math.ceil(outcome.afterMs / 1_000) });
  throw new CredentialsRefused({ message: reason.message, fields: [{ field: 'credentials', reason: reason.message }] });
}
