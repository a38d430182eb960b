import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import type {
  FactsWanted,
  OutsideFact,
  PublicationFact,
  QuietFact,
  StandingPublication,
  TroubleFact,
  Whereabouts,
} from './publication-fact.js';
import { PublicationFactStore } from './publication-fact.store.js';

/** What stands on pages and what is to come, for the modules above that count it. */
@Injectable()
export class PublicationFacts {
  constructor(private readonly facts: PublicationFactStore) {}

  publications(tx: Tx, wanted: FactsWanted): Promise<PublicationFact[]> {
    return this.facts.publications(tx, wanted);
  }

  outsidePosts(tx: Tx, wanted: FactsWanted): Promise<OutsideFact[]> {
    return this.facts.outsidePosts(tx, wanted);
  }

  troubles(tx: Tx, wanted: FactsWanted): Promise<TroubleFact[]> {
    return this.facts.troubles(tx, wanted);
  }

  quietPeriods(...about: Parameters<PublicationFactStore['quietPeriods']>): Promise<QuietFact[]> {
    return this.facts.quietPeriods(...about);
  }

  standing(tx: Tx, contractorId: string, pageId: string, since: Date): Promise<StandingPublication[]> {
    return this.facts.standing(tx, contractorId, pageId, since);
  }

  whereaboutsOf(tx: Tx, contractorId: string, publicationId: string): Promise<Whereabouts | undefined> {
    return this.facts.whereaboutsOf(tx, contractorId, publicationId);
  }

  whereaboutsOfOutside(tx: Tx, contractorId: string, outsidePostId: string): Promise<Whereabouts | undefined> {
    return this.facts.whereaboutsOfOutside(tx, contractorId, outsidePostId);
  }

  whereaboutsOfPost(tx: Tx, contractorId: string, postId: string): Promise<Whereabouts[]> {
    return this.facts.whereaboutsOfPost(tx, contractorId, postId);
  }

  /** How many publications of each page are still to come, at an instant or later. */
  async comingFrom(tx: Tx, contractorId: string, pageIds: readonly string[], from: Date): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.facts.comingFrom(tx, contractorId, pageIds, from)).map(({ pageId, count }) => [pageId, count]));
  }
}
