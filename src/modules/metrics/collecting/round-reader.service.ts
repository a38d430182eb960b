import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { Tx } from '../../../platform/database/work.js';
import { ConnectionsService } from '../../pages/connections.service.js';
import { PagesService } from '../../pages/pages.service.js';
import { Budgets } from '../../publishing/budgets.service.js';
import type { StandingPublication } from '../../publishing/publication-fact.js';
import { PublicationFacts } from '../../publishing/publication-facts.service.js';
import { ClientsService } from '../../tenancy/clients.service.js';
import { CollectionStore } from './collection.store.js';
import type { Round } from './round.js';
import { COLLECTED_FOR_MS, isDue } from './schedule.js';
import { SnapshotStore } from './snapshot.store.js';

/** What a round asks of the modules below. */
@Injectable()
export class RoundSources {
  constructor(
    readonly pages: PagesService,
    readonly connections: ConnectionsService,
    readonly clients: ClientsService,
    readonly publications: PublicationFacts,
    readonly budgets: Budgets,
  ) {}
}

/** Finds what a round has to do. */
@Injectable()
export class RoundReader {
  constructor(
    private readonly sources: RoundSources,
    private readonly collections: CollectionStore,
    private readonly snapshots: SnapshotStore,
    private readonly clock: Clock,
  ) {}

  /** Pages that are not connected are absent: there is nothing to ask with. */
  async readAll(tx: Tx, contractorId: string, pageIds: readonly string[]): Promise<Round[]> {
    const rounds: Round[] = [];
    for (const pageId of pageIds) {
      const round = await this.read(tx, contractorId, pageId);
      if (round) rounds.push(round);
    }
    return rounds;
  }

  private async read(tx: Tx, contractorId: string, pageId: string): Promise<Round | undefined> {
    const { pages, connections, clients, publications, budgets } = this.sources;
    const page = await pages.require(tx, contractorId, pageId);
    const collection = await this.collections.find(tx, contractorId, pageId);
    if (page.status !== 'connected' || !collection) return undefined;
    const credentials = await connections.credentialsOf(tx, contractorId, pageId);
    if (!credentials) return undefined;
    const { timeZone } = await clients.require(tx, contractorId, page.clientId);
    const since = new Date(this.clock.now().getTime() - 2 * COLLECTED_FOR_MS);
    const standing = await publications.standing(tx, contractorId, pageId, since);
    const due = await this.stillDue(tx, contractorId, standing);
    const readsWith = budgets.secretOf({ contractorId, network: page.network, credentials }, 'readCounters') ?? null;
    return { contractorId, page, timeZone, credentials, readsWith, collection, due };
  }

  /** Those that nobody has looked at meanwhile. */
  async stillDue(tx: Tx, contractorId: string, posts: readonly StandingPublication[]): Promise<StandingPublication[]> {
    const ids = posts.map(({ id }) => id);
    const taken = await this.snapshots.lastTaken(tx, contractorId, ids);
    const now = this.clock.now();
    return posts.filter(({ id, publishedAt }) => isDue({ publishedAt, lastTakenAt: taken.get(id) ?? null }, now));
  }
}
