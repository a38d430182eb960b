import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/work.js';
import { coverage } from '../contracts/contract-version.js';
import { type ContractWithLines, ContractLines } from '../fulfilment/contract-lines.service.js';
import { ExcuseReader } from '../fulfilment/excuse-reader.service.js';
import { FactReader } from '../fulfilment/fact-reader.service.js';
import { MEASURES } from '../fulfilment/measuring/measures.js';
import { PagesService } from '../pages/pages.service.js';
import { PublicationFacts } from '../publishing/publication-facts.service.js';
import { ClientsService } from '../tenancy/clients.service.js';
import { ContractorsService } from '../tenancy/contractors.service.js';
import { type Days, daysBefore } from './document/days.js';
import { instantsOf } from './document/report-building.js';
import type { ReportFacts } from './document/report-facts.js';
import { ReportNumbers } from './report-numbers.service.js';

/** Whom and what a report names. */
@Injectable()
export class ReportNames {
  constructor(
    readonly clients: ClientsService,
    readonly contractors: ContractorsService,
    readonly pages: PagesService,
  ) {}
}

/** Who tells what the contract itself does not. */
@Injectable()
export class ReportSources {
  constructor(
    readonly numbers: ReportNumbers,
    readonly excuses: ExcuseReader,
  ) {}
}

/** Numbers that are being written appear with an instant that has gone by: after a minute all of them are there. */
const WRITING_MS = 60_000;

export interface PeriodOf extends Days {
  readonly contractorId: string;
  readonly contractId: string;
}

/** Reads everything from which a report follows. */
@Injectable()
export class ReportFactsReader {
  constructor(
    private readonly lines: ContractLines,
    private readonly facts: FactReader,
    private readonly publications: PublicationFacts,
    private readonly names: ReportNames,
    private readonly sources: ReportSources,
  ) {}

  /** @param at its cut-off is now, by the database's clock @throws ContractNotFound */
  async read(tx: Tx, period: PeriodOf, { cutOffAt, look }: Pick<ReportFacts, 'cutOffAt' | 'look'>): Promise<ReportFacts> {
    const { contractorId, contractId } = period;
    const whole = await this.lines.read(tx, { contractorId, contractId });
    const { contract } = whole;
    const { versions } = await this.lines.terms.read(tx, { contractorId, id: contractId });
    const client = await this.names.clients.require(tx, contractorId, contract.clientId);
    const before = daysBefore(period);
    const { from, until } = instantsOf(period, contract.timeZone);
    const since = instantsOf(before, contract.timeZone).from;
    const covered = coverage(versions, contract.timeZone).filter((one) => one.from < until && since < one.until);
    const pageIds = [...new Set(covered.map(({ pageId }) => pageId))];
    const about = { contractorId, clientId: client.id, pageIds };
    const posts = await this.facts.posts(tx, { contractorId, pageIds, from: since, until });
    const publicationIds = posts.flatMap(({ kind, id }) => (kind === 'publication' ? [id] : []));
    const numbersAsOf = new Date(cutOffAt.getTime() - WRITING_MS);
    const times = { period, before, timeZone: contract.timeZone, asOf: numbersAsOf };
    return {
      ...{
        cutOffAt,
        numbersAsOf,
        look,
        client,
        contract,
        versions,
        contractor: await this.names.contractors.require(tx, contractorId),
      },
      pages: await this.names.pages.ofIds(tx, contractorId, pageIds),
      lines: await this.judged(tx, whole, period, cutOffAt),
      posts,
      numbers: await this.sources.numbers.read(tx, { ...about, publicationIds, ...times }),
      troubles: await this.publications.troubles(tx, { contractorId, pageIds, from, until }),
      quiet: await this.publications.quietPeriods(
        tx,
        { contractorId, clientId: client.id, regionCode: client.regionCode },
        { from, until: until < cutOffAt ? until : cutOffAt },
      ),
      excuses: await this.sources.excuses.reaching(tx, { contractorId, contractId }, period),
    };
  }

  private async judged(
    tx: Tx,
    { contract, lines }: ContractWithLines,
    { contractorId, startsOn, endsOn }: PeriodOf,
    at: Date,
  ): Promise<ReportFacts['lines']> {
    const mine = lines.filter(({ period }) => period.startsOn <= endsOn && startsOn <= period.endsOn);
    const facts = mine.length > 0 ? await this.facts.read(tx, { contractorId, clientId: contract.clientId }, mine) : {};
    return mine.map((line) => ({ line, result: MEASURES[line.requirement.kind].judge(line, facts, at) }));
  }
}
