import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { Ids } from '../../../platform/ids/ids.js';
import type { Contract } from '../../contracts/contract.js';
import { AgreedTerms } from '../../contracts/agreed-terms.service.js';
import { PagesService } from '../../pages/pages.service.js';
import { PublicationFacts } from '../../publishing/publication-facts.service.js';
import type { ContractId } from '../requirement-period.store.js';
import { type HandoverLine, handoverOf, type PageFacts, standing } from './handover.js';
import { HandoverStore } from './handover.store.js';

/** The list of a contract, with what the machine sees of its pages. */
@Injectable()
export class HandoverLists {
  constructor(
    readonly items: HandoverStore,
    private readonly terms: AgreedTerms,
    private readonly pages: PagesService,
    private readonly publications: PublicationFacts,
    private readonly ids: Ids,
  ) {}

  /** Writes the list down, once: later pages are added, nothing is taken away. @throws ContractNotFound */
  async begin(tx: Tx, { contractorId, contractId }: ContractId): Promise<void> {
    const { contract } = await this.terms.read(tx, { contractorId, id: contractId });
    const items = handoverOf(contract.pageIds).map((item) => ({ id: this.ids.next(), ...item }));
    await this.items.add(tx, { contractorId, contractId, clientId: contract.clientId }, items);
  }

  /** In order; empty before the handover begins. @throws ContractNotFound */
  async read(tx: Tx, { contractorId, contractId }: ContractId): Promise<HandoverLine[]> {
    const { contract } = await this.terms.read(tx, { contractorId, id: contractId });
    const items = await this.items.list(tx, { contractorId, contractId });
    const pageIds = [...new Set(items.flatMap(({ pageId }) => pageId ?? []))];
    const facts = await this.factsOf(tx, { contractorId, contract }, pageIds);
    return items.map((item) => standing(item, item.pageId === null ? undefined : facts(item.pageId)));
  }

  private async factsOf(
    tx: Tx,
    { contractorId, contract }: { contractorId: string; contract: Contract },
    pageIds: readonly string[],
  ): Promise<(pageId: string) => PageFacts> {
    const end = contract.terminatedAt ?? contract.terminatesAt ?? contract.endsAt;
    const goingOn = await this.terms.goingOn(tx, { contractorId, id: contract.id }, pageIds, end);
    const connected = await this.pages.withKeys(tx, contractorId, pageIds);
    const planned = await this.publications.comingFrom(tx, contractorId, pageIds, end);
    return (pageId) => ({
      ...{ goesOn: goingOn.has(pageId), isConnected: connected.has(pageId), planned: planned.get(pageId) ?? 0 },
    });
  }
}
