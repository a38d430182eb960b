import { batches } from './round.js';

/** So many pages go through one job: enough for full calls, and short enough to be over before the next round. */
export const MOST_PAGES = 100;

export interface PickedPage {
  readonly contractorId: string;
  readonly pageId: string;
  /** A fingerprint of the secret that reads its posts; null: not known yet. */
  readonly readsWith: string | null;
  readonly ring: string;
}

export interface Group {
  readonly contractorId: string;
  readonly pageIds: string[];
  readonly ring: string;
}

/** Pages that share a secret, in the order in which the first of each came. */
export function groupsOf(pages: readonly PickedPage[]): Group[] {
  const bySecret = new Map<string, PickedPage[]>();
  for (const page of pages) {
    const secret = `${page.contractorId} ${page.readsWith ?? page.pageId}`;
    bySecret.set(secret, [...(bySecret.get(secret) ?? []), page]);
  }
  return [...bySecret.values()].flatMap((shared) =>
    batches(shared, MOST_PAGES).map((some) => {
      const { contractorId, ring } = some[0]!;
      return { contractorId, ring, pageIds: some.map(({ pageId }) => pageId) };
    }),
  );
}
