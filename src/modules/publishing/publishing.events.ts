import { IsIn, IsUUID } from 'class-validator';
import { defineEvent } from '../../platform/queue/job.js';
import { PUBLICATION_STATES, type PublicationState } from './publication.js';

/** A publication came into a state that somebody outside may care about. */
export class PublicationMoved {
  @IsUUID() contractorId: string;
  @IsUUID() clientId: string;
  @IsUUID() publicationId: string;
  @IsIn(PUBLICATION_STATES) state: PublicationState;
}

export const publicationMoved = defineEvent({ name: 'publication.moved', payload: PublicationMoved });
