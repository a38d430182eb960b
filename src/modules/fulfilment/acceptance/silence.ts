import { endOfDay } from '../../../platform/clock/zones.js';
import type { AcceptanceState } from './acceptance.js';
import type { AcceptanceTerms, Duty } from './duties.js';

/** What silence depends on. */
export interface Waiting {
  readonly acceptance: { readonly state: AcceptanceState };
  readonly duties: readonly Duty[];
  readonly contract: { readonly timeZone: string };
  readonly terms: Pick<AcceptanceTerms, 'silenceAccepts'>;
}

const DAY_MS = 86_400_000;

/** The instant at which silence accepts: its term's last day is over on the client's wall. Null: silence means nothing. */
export function silenceAcceptsAt({ acceptance, duties, contract, terms }: Waiting): Date | null {
  const open = duties.find(({ kind, metOn }) => kind === 'acceptance' && metOn === null);
  if (!open || !terms.silenceAccepts || acceptance.state !== 'submitted') return null;
  return endOfDay(open.dueOn, contract.timeZone);
}

/** When to look at it next. A provisional term is looked at every day: the official calendar may make it shorter. */
export function silenceLook(waiting: Waiting, now: Date): Date | null {
  const at = silenceAcceptsAt(waiting);
  const isProvisional = waiting.duties.some(
    ({ kind, metOn, provisional }) => kind === 'acceptance' && metOn === null && provisional,
  );
  return at && isProvisional ? new Date(Math.min(at.getTime(), now.getTime() + DAY_MS)) : at;
}
