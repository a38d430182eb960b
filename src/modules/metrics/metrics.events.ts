import { IsUUID, Matches } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';

/** A network told whom a page reached in a week, or corrected what it had said. */
export class PageWeekTold {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() pageId: string;
  /** The Sunday of the week, as the network cuts days. */
  @Matches(/^\d{4}-\d{2}-\d{2}$/) endsOn: string;
}

export const pageWeekTold = defineEvent({ name: 'page.weekTold', payload: PageWeekTold });
