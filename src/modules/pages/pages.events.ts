import { ArrayUnique, IsDateString, IsIn, IsInt, IsString, IsUUID, Length } from 'class-validator';
import { CAPABILITIES, type Capability } from '../../networks/network.js';
import { defineEvent } from '../../platform/queue/job.js';

/** A page was connected: for the first time, again by a person, or because its renewed secrets were proved good. */
export class PageConnected {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() pageId: string;
}

/** Nothing goes out on a page from now on: the network refused its secrets, they ended, or a person disconnected it. */
export class PageStopped {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() pageId: string;
  @IsIn(['broken', 'disconnected']) status: 'broken' | 'disconnected';
  /** Why, in one word: `token-revoked`, `credentials-expired`, `disconnected` … */
  @IsString() @Length(1, 100) code: string;
}

/** The secrets of a connected page allow less than before, or more. */
export class PageCapabilitiesChanged {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() pageId: string;
  @IsIn(CAPABILITIES, { each: true }) @ArrayUnique() lost: Capability[];
  @IsIn(CAPABILITIES, { each: true }) @ArrayUnique() gained: Capability[];
}

/** A page's secrets end soon, and a person has to get new ones. Told once for each of 30, 14, 7 and 1 days. */
export class PageCredentialsExpiring {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() pageId: string;
  /** Which of the warnings it is. */
  @IsInt() withinDays: number;
  @IsDateString() expiresAt: string;
}

export const pageConnected = defineEvent({ name: 'page.connected', payload: PageConnected });
export const pageStopped = defineEvent({ name: 'page.stopped', payload: PageStopped });
export const pageCapabilitiesChanged = defineEvent({ name: 'page.capabilitiesChanged', payload: PageCapabilitiesChanged });
export const pageCredentialsExpiring = defineEvent({ name: 'page.credentialsExpiring', payload: PageCredentialsExpiring });

/** What this module tells the modules above. */
export const PAGES_EVENTS = [pageConnected, pageStopped, pageCapabilitiesChanged, pageCredentialsExpiring];
