import { BudgetStore } from '../../src/modules/publishing/budget.store.js';
import { wholeContractor } from '../../src/platform/database/scope.js';
import { UnitOfWork } from '../../src/platform/database/work.js';
import type { Harness } from '../harness/harness.js';
import type { Agency } from './agency.js';

/** Every secret, or those of this kind. Each is known by its budget once it was used. */
export async function usedSecrets(harness: Harness, kind = '%'): Promise<string[]> {
  const text = 'select key from credential_budgets where credential like $1 order by key';
  return (await harness.sql<{ key: string }>(text, [kind])).map(({ key }) => key);
}

/** Every secret of the agency, or those of this kind, was used up just now. */
export async function nobodyMayCall(harness: Harness, agency: Agency, seconds: number, kind?: string): Promise<void> {
  const budgets = harness.app.get(BudgetStore, { strict: false });
  const keys = await usedSecrets(harness, kind);
  await harness.app.get(UnitOfWork).forTenant(wholeContractor(agency.contractorId), async (tx) => {
    for (const key of keys) await budgets.rest(tx, agency.contractorId, key, seconds);
  });
}
