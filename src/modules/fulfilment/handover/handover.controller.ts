import { Body, Controller, Get, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Editable, IfMatch } from '../../../platform/http/versioning.js';
import { ContractNotFound } from '../../contracts/contracts.errors.js';
import { HandoverItemNotFound, HandoverNotBegun, HandoverSeenByMachine } from '../fulfilment.errors.js';
import '../fulfilment.permissions.js';
import { HandoverItemResponse, HandoverResponse, SettleHandoverRequest } from './handover.dto.js';
import { HandoverService } from './handover.service.js';

@Controller('v1')
export class HandoverController {
  constructor(private readonly handover: HandoverService) {}

  /** Read what is to be handed over at the end of a contract, in order, and how far that is. */
  @Get('contracts/:contractId/handover')
  @Requires('fulfilment.read')
  @Fails(ContractNotFound, HandoverNotBegun)
  async read(@Who() who: Principal, @Id('contractId') contractId: string): Promise<HandoverResponse> {
    return HandoverResponse.of(await this.handover.read(who, contractId));
  }

  /** Settle one line of the list, say why it is not needed, or open it again. */
  @Put('handover-items/:handoverItemId')
  @Requires('handover.write')
  @Editable()
  @Fails(HandoverItemNotFound, HandoverSeenByMachine)
  async settle(
    @Who() who: Principal,
    @Id('handoverItemId') handoverItemId: string,
    @Body() { state, note }: SettleHandoverRequest,
    @IfMatch() version: number | undefined,
  ): Promise<HandoverItemResponse> {
    return HandoverItemResponse.of(await this.handover.settle(who, handoverItemId, { state, note: note ?? null }, version));
  }
}
