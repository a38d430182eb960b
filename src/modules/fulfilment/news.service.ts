import { Injectable } from '@nestjs/common';
import { wholeContractor } from '../../platform/database/scope.js';
import { UnitOfWork } from '../../platform/database/work.js';
import { PublicationFacts } from '../publishing/publication-facts.service.js';
import { sundayOf } from './measuring/reach-week.js';
import { RequirementPeriodStore } from './requirement-period.store.js';

interface Key {
  readonly contractorId: string;
  readonly clientId: string;
}

/** Notes where something has happened. What it means for plan and fact is computed once for all that has come together. */
@Injectable()
export class News {
  constructor(
    private readonly work: UnitOfWork,
    private readonly facts: PublicationFacts,
    private readonly periods: RequirementPeriodStore,
  ) {}

  publication(key: Key, publicationId: string): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const place = await this.facts.whereaboutsOf(tx, key.contractorId, publicationId);
      await this.periods.factCame(tx, key, place ? [place] : []);
    });
  }

  post(key: Key, postId: string): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), async (tx) =>
      this.periods.factCame(tx, key, await this.facts.whereaboutsOfPost(tx, key.contractorId, postId)),
    );
  }

  /** @param endsOn the Sunday of the week */
  week(key: Key, pageId: string, endsOn: string): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), (tx) =>
      this.periods.weekTold(tx, key, { pageId, at: sundayOf(endsOn) }),
    );
  }

  calendar(contractorId: string, year: number): Promise<void> {
    return this.work.forTenant(wholeContractor(contractorId), (tx) => this.periods.calendarLoaded(tx, contractorId, year));
  }

  outsidePost(key: Key, outsidePostId: string): Promise<void> {
    return this.work.forTenant(wholeContractor(key.contractorId), async (tx) => {
      const place = await this.facts.whereaboutsOfOutside(tx, key.contractorId, outsidePostId);
      await this.periods.factCame(tx, key, place ? [place] : []);
    });
  }
}
