import { Injectable } from '@nestjs/common';
import { Networks } from '../../networks/networks.js';
import type { Tx } from '../../platform/database/work.js';
import { fullDay, networkDay } from './day-cap.js';
import { LaneStore } from './lane.store.js';
import type { PublicationEntity } from './publication.entity.js';
import { sameText, type ScheduleWarning } from './schedule-warning.js';

/** What a page can take, as far as we know before the network says so. */
@Injectable()
export class CapacityService {
  constructor(
    private readonly lanes: LaneStore,
    private readonly networks: Networks,
  ) {}

  /** Settles newly planned publications in: those of a parked page wait, those of a full day or with a known text get a warning. */
  async settleIn(tx: Tx, planned: readonly PublicationEntity[]): Promise<ScheduleWarning[]> {
    const warnings: ScheduleWarning[] = [];
    for (const { contractorId, id, pageId, network, dueAt } of planned) {
      await this.lanes.holdBack(tx, { contractorId, pageId });
      const twin = await this.lanes.sameText(tx, contractorId, id);
      if (twin !== undefined) warnings.push(sameText(pageId, twin));
      const most = await this.lanes.postsPerDay(tx, network);
      if (most === null) continue;
      const { name, from, to } = networkDay(dueAt);
      const count = await this.lanes.countBetween(tx, { contractorId, pageId }, from, to);
      const warning = fullDay({ id: pageId, network: this.networks.get(network).title }, name, { planned: count, most });
      if (warning) warnings.push(warning);
    }
    return warnings;
  }
}
