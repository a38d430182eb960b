import type { NetworkName } from '../../../networks/network.js';
import type { PageStatus } from '../../pages/page.js';
import { dayOf } from '../../../platform/clock/days.js';
import type { PlannedDeadline } from './deadline.js';
import { expiryTitle } from './deadline-wording.js';

/** A page and the end of its secrets, unless they renew themselves. */
export interface PageDates {
  readonly name: string | null;
  readonly network: NetworkName;
  readonly status: PageStatus;
  readonly credentialsExpireAt: Date | null;
  /** IANA zone of the client. */
  readonly timeZone: string;
}

/** The day on which a page stops unless a person gets new secrets for it. */
export function pageDeadlines({ name, network, status, credentialsExpireAt: at, timeZone }: PageDates): PlannedDeadline[] {
  if (!at || status === 'disconnected' || status === 'notConnected') return [];
  return [
    {
      ...{ kind: 'credentialExpiry', subject: '', stageId: null, title: expiryTitle(name, network) },
      ...{ dueOn: dayOf(at, timeZone), dueAt: at, passesAt: at, provisionalYear: null },
      ...{ outcome: 'owed', waitingFor: 'contractor' },
    },
  ];
}
