import { Injectable } from '@nestjs/common';
import type { Credentials } from '../../networks/network.js';
import { Networks } from '../../networks/networks.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Tx } from '../../platform/database/work.js';
import { secondsToCheck } from './connection-health.js';
import { ConnectionHealthStore, type PageKey } from './connection-health.store.js';
import { renewInSeconds } from './credential-refresh.js';
import { CredentialRefreshStore } from './credential-refresh.store.js';
import { fingerprintOf } from './fingerprint.js';
import type { Page } from './page.js';

/** A secret of which neither we nor the person knows the end is renewed soon: the network's answer tells it. */
const RENEW_UNKNOWN_SECONDS = 60;

interface NewConnection {
  readonly contractorId: string;
  readonly connectionId: string;
  readonly page: Page;
  readonly credentials: Credentials;
  readonly expiresAt: Date | null;
}

/** Begins and ends looking after a connection: checks, warnings before the end, renewals. */
@Injectable()
export class ConnectionWatch {
  constructor(
    private readonly health: ConnectionHealthStore,
    private readonly refreshes: CredentialRefreshStore,
    private readonly networks: Networks,
    private readonly clock: Clock,
  ) {}

  async begin(tx: Tx, { contractorId, connectionId, page, credentials, expiresAt }: NewConnection): Promise<void> {
    const kind = this.networks.get(page.network).refreshedBy(credentials);
    const refreshKey = kind === undefined ? null : fingerprintOf(contractorId, credentials[kind]!);
    const now = this.clock.now();
    const key = { contractorId, pageId: page.id, clientId: page.clientId, connectionId };
    await this.health.begin(tx, { ...key, checkInSeconds: secondsToCheck(page.id, now), expiresAt, refreshKey });
    if (refreshKey === null) return;
    const inSeconds = expiresAt ? renewInSeconds(expiresAt, now) : RENEW_UNKNOWN_SECONDS;
    await this.refreshes.open(tx, { contractorId, key: refreshKey }, inSeconds);
  }

  end(tx: Tx, key: PageKey): Promise<void> {
    return this.health.end(tx, key);
  }
}
