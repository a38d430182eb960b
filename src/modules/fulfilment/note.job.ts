import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/handler.js';
import type { PageWeekTold } from '../metrics/metrics.events.js';
import type {
  OutsidePostAttributed,
  OutsidePostSeen,
  PostScheduled,
  PublicationDrifted,
  PublicationEdited,
  PublicationMoved,
} from '../publishing/publishing.events.js';
import {
  noteAttributedJob,
  noteDriftedJob,
  noteEditedJob,
  noteMovedJob,
  noteOutsideJob,
  noteScheduledJob,
  noteWeekJob,
} from './fulfilment.jobs.js';
import { News } from './news.service.js';

@Injectable()
@HandlesJob(noteMovedJob)
export class NoteMovedJob implements JobHandler<PublicationMoved> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, publicationId }: PublicationMoved): Promise<void> {
    return this.news.publication({ contractorId, clientId }, publicationId);
  }
}

@Injectable()
@HandlesJob(noteDriftedJob)
export class NoteDriftedJob implements JobHandler<PublicationDrifted> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, publicationId }: PublicationDrifted): Promise<void> {
    return this.news.publication({ contractorId, clientId }, publicationId);
  }
}

@Injectable()
@HandlesJob(noteEditedJob)
export class NoteEditedJob implements JobHandler<PublicationEdited> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, publicationId }: PublicationEdited): Promise<void> {
    return this.news.publication({ contractorId, clientId }, publicationId);
  }
}

@Injectable()
@HandlesJob(noteScheduledJob)
export class NoteScheduledJob implements JobHandler<PostScheduled> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, postId }: PostScheduled): Promise<void> {
    return this.news.post({ contractorId, clientId }, postId);
  }
}

@Injectable()
@HandlesJob(noteOutsideJob)
export class NoteOutsideJob implements JobHandler<OutsidePostSeen> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, outsidePostId }: OutsidePostSeen): Promise<void> {
    return this.news.outsidePost({ contractorId, clientId }, outsidePostId);
  }
}

@Injectable()
@HandlesJob(noteAttributedJob)
export class NoteAttributedJob implements JobHandler<OutsidePostAttributed> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, outsidePostId }: OutsidePostAttributed): Promise<void> {
    return this.news.outsidePost({ contractorId, clientId }, outsidePostId);
  }
}

@Injectable()
@HandlesJob(noteWeekJob)
export class NoteWeekJob implements JobHandler<PageWeekTold> {
  constructor(private readonly news: News) {}

  run({ contractorId, clientId, pageId, endsOn }: PageWeekTold): Promise<void> {
    return this.news.week({ contractorId, clientId }, pageId, endsOn);
  }
}
