import { checkConnectionsTimer, expiryTimer, refreshCredentialsTimer } from '../../src/modules/pages/pages.jobs.js';
import { Timers } from '../../src/platform/queue/timers.js';
import type { Loose } from '../harness/api-client.js';
import type { Harness } from '../harness/harness.js';
import type { Agency } from './agency.js';

/** Lets the workers look after connections: whatever is due now. */
export async function care(harness: Harness): Promise<void> {
  // Twice: a renewal makes a check due.
  for (let round = 0; round < 2; round += 1) {
    for (const timer of [expiryTimer, refreshCredentialsTimer, checkConnectionsTimer])
      await harness.app.get(Timers).runOnce(timer);
    await harness.drain();
  }
}

/** What an account manager sees of a page, and does to it. */
export function managing({ owner }: Agency) {
  const auditOf = async ({ id }: Loose): Promise<Loose[]> =>
    (await owner.api.get(`/v1/audit-entries?objectId=${id}&limit=100`)).body.data;
  const page = async ({ id }: Loose): Promise<Loose> => (await owner.api.get(`/v1/pages/${id}`)).body;
  return {
    page,
    auditOf,
    connection: async ({ id }: Loose): Promise<Loose> => (await owner.api.get(`/v1/pages/${id}/connection`)).body,
    connect: (of: Loose, credentials: object, expiresAt?: Date): Promise<Loose> =>
      owner.api.put(`/v1/pages/${of.id}/connection`, {
        credentials,
        ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
      }),
    attentionTo: async (of: Loose): Promise<string[]> => (await page(of)).attention.map(({ code }: Loose) => code),
    countOf: async (of: Loose, name: string): Promise<number> =>
      (await auditOf(of)).filter(({ action }) => action === name).length,
  };
}
