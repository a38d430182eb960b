import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/work.js';
import { ContractLines } from '../contract-lines.service.js';
import { FactReader } from '../fact-reader.service.js';
import { MEASURES } from '../measuring/measures.js';
import type { StageCase } from './acceptance-cases.service.js';
import { frozenLine, type Snapshot } from './snapshot.js';

/** Takes down what a stage owed and what came of it, with its evidence, as it is known now. */
@Injectable()
export class PeriodFreezing {
  constructor(
    private readonly lines: ContractLines,
    private readonly facts: FactReader,
  ) {}

  /** @param contractorId of the transaction @param at the cut-off: now, by the database's clock */
  async take(
    tx: Tx,
    contractorId: string,
    { contract, stage, lastDay }: StageCase,
    { at, contractVersion }: { at: Date; contractVersion: number },
  ): Promise<Snapshot> {
    const { id: contractId, clientId, timeZone } = contract;
    const all = (await this.lines.read(tx, { contractorId, contractId })).lines;
    // A week that lies in two stages belongs to the one in which it ends.
    const mine = all.filter(({ period: { endsOn } }) => stage.startsOn <= endsOn && endsOn <= lastDay);
    const facts = mine.length > 0 ? await this.facts.read(tx, { contractorId, clientId }, mine) : {};
    return {
      ...{ format: 1, contractId, contractVersion, stageId: stage.id, startsOn: stage.startsOn, endsOn: lastDay, timeZone },
      cutOffAt: at.toISOString(),
      lines: mine.map((line) => frozenLine(line, MEASURES[line.requirement.kind].judge(line, facts, at))),
    };
  }
}
