import { IsBoolean, IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';
import { ALARM_CAUSES, type AlarmCause } from './alarm.js';
import { PUBLICATION_STATES, type PublicationState } from './publication.js';

/** A publication came into a state that somebody outside may care about. */
export class PublicationMoved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() publicationId: string;
  @IsIn(PUBLICATION_STATES) state: PublicationState;
}

/** A published post does not look as it was published any more, or does again. */
export class PublicationDrifted {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() publicationId: string;
  @IsIn(['same', 'edited', 'deleted']) drift: 'same' | 'edited' | 'deleted';
}

export const publicationDrifted = defineEvent({ name: 'publication.drifted', payload: PublicationDrifted });

/** An edit of a published post came to its end: the page says what was approved since, or it was not to be. */
export class PublicationEdited {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() publicationId: string;
  @IsUUID() editId: string;
  @IsIn(['applied', 'refused', 'held']) state: 'applied' | 'refused' | 'held';
}

export const publicationEdited = defineEvent({ name: 'publication.edited', payload: PublicationEdited });

/** A post that we did not publish stands on one of our pages. */
export class OutsidePostSeen {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() pageId: string;
  @IsUUID() outsidePostId: string;
  /** It says what a publication of ours says: an alarm. */
  @IsBoolean() duplicate: boolean;
}

export const outsidePostSeen = defineEvent({ name: 'page.outsidePostSeen', payload: OutsidePostSeen });

/** A person said who wrote a post that we did not publish. */
export class OutsidePostAttributed {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() outsidePostId: string;
}

export const outsidePostAttributed = defineEvent({ name: 'page.outsidePostAttributed', payload: OutsidePostAttributed });

/** A post got its times on pages, or others. */
export class PostScheduled {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() postId: string;
}

export const postScheduled = defineEvent({ name: 'post.scheduled', payload: PostScheduled });

export const publicationMoved = defineEvent({ name: 'publication.moved', payload: PublicationMoved });

/** Due work of the contractor is not being picked up, or is again. Told once at the beginning and once at the end. */
export class PublishingAlarm {
  @IsUUID() contractorId: string;
  @IsUUID() alarmId: string;
  @IsIn(ALARM_CAUSES) cause: AlarmCause;
}

export const publishingAlarmRaised = defineEvent({ name: 'publishing.alarmRaised', payload: PublishingAlarm });
export const publishingAlarmEnded = defineEvent({ name: 'publishing.alarmEnded', payload: PublishingAlarm });

/** What this module tells the modules above. */
export const PUBLISHING_EVENTS = [
  publicationMoved,
  publicationDrifted,
  publicationEdited,
  outsidePostSeen,
  outsidePostAttributed,
  postScheduled,
  publishingAlarmRaised,
  publishingAlarmEnded,
];
