import { Body, Controller, Post, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { Id } from '../../../platform/http/ids.decorators.js';
import { Editable, IfMatch, Versioned } from '../../../platform/http/versioning.js';
import {
  AcceptanceDecisionRequest,
  InvoiceRequest,
  PaymentRequest,
  ReceiptRequest,
  SubmissionRequest,
} from './acceptance-moves.dto.js';
import {
  AcceptanceNotFound,
  AcceptancePersonNeeded,
  AcceptanceRefused,
  AcceptanceTransitionRefused,
} from './acceptance.errors.js';
import './acceptance.permissions.js';
import { AcceptanceResponse } from './acceptances.dto.js';
import { AcceptancesService } from './acceptances.service.js';
import { DecisionsService } from './decisions.service.js';
import { SettlementsService } from './settlements.service.js';
import { SubmissionsService } from './submissions.service.js';

@Controller('v1/acceptances/:acceptanceId')
export class AcceptanceMovesController {
  constructor(
    private readonly acceptances: AcceptancesService,
    private readonly submissions: SubmissionsService,
    private readonly decisions: DecisionsService,
    private readonly settlements: SettlementsService,
  ) {}

  /** Submit a stage for acceptance: plan and fact of its days are frozen, and its price is claimed. */
  @Put('submission')
  @Requires('acceptance.write')
  @Editable()
  @Fails(AcceptanceNotFound, AcceptanceTransitionRefused, AcceptanceRefused)
  async submit(
    @Who() who: Principal,
    @Id('acceptanceId') id: string,
    @Body() body: SubmissionRequest,
    @IfMatch() version: number | undefined,
  ): Promise<AcceptanceResponse> {
    const change = this.submissions.submit(who, id, SubmissionRequest.submission(body), version);
    return AcceptanceResponse.of(await this.acceptances.after(who, change));
  }

  /** Record when the client got the document of acceptance: his term begins. */
  @Put('receipt')
  @Requires('acceptance.write')
  @Editable()
  @Fails(AcceptanceNotFound, AcceptanceTransitionRefused, AcceptanceRefused)
  async receive(
    @Who() who: Principal,
    @Id('acceptanceId') id: string,
    @Body() body: ReceiptRequest,
    @IfMatch() version: number | undefined,
  ): Promise<AcceptanceResponse> {
    const change = this.submissions.receive(who, id, new Date(body.receivedAt), version);
    return AcceptanceResponse.of(await this.acceptances.after(who, change));
  }

  /** Accept what was submitted, accept it in part, or refuse it: the client himself, or recorded for him with his document. */
  @Put('decision')
  @Requires('acceptance.decide')
  @Editable()
  @Fails(AcceptanceNotFound, AcceptanceTransitionRefused, AcceptanceRefused, AcceptancePersonNeeded)
  async decide(
    @Who() who: Principal,
    @Id('acceptanceId') id: string,
    @Body() body: AcceptanceDecisionRequest,
    @IfMatch() version: number | undefined,
  ): Promise<AcceptanceResponse> {
    const change = this.decisions.decide(who, id, AcceptanceDecisionRequest.draft(body), version);
    return AcceptanceResponse.of(await this.acceptances.after(who, change));
  }

  /** Take up what was refused, to cure it and submit it again. */
  @Put('rework')
  @Requires('acceptance.write')
  @Editable()
  @Fails(AcceptanceNotFound, AcceptanceTransitionRefused)
  async rework(
    @Who() who: Principal,
    @Id('acceptanceId') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<AcceptanceResponse> {
    return AcceptanceResponse.of(await this.acceptances.after(who, this.submissions.rework(who, id, version)));
  }

  /** Record the invoice for what was accepted. What was not is given up. */
  @Put('invoice')
  @Requires('acceptance.write')
  @Editable()
  @Fails(AcceptanceNotFound, AcceptanceTransitionRefused, AcceptanceRefused)
  async invoice(
    @Who() who: Principal,
    @Id('acceptanceId') id: string,
    @Body() body: InvoiceRequest,
    @IfMatch() version: number | undefined,
  ): Promise<AcceptanceResponse> {
    const change = this.settlements.invoice(who, id, InvoiceRequest.invoice(body), version);
    return AcceptanceResponse.of(await this.acceptances.after(who, change));
  }

  /** Record a payment, of a part or of the rest. */
  @Post('payments')
  @Requires('acceptance.write')
  @Idempotent()
  @Versioned()
  @Fails(AcceptanceNotFound, AcceptanceTransitionRefused, AcceptanceRefused)
  async pay(@Who() who: Principal, @Id('acceptanceId') id: string, @Body() body: PaymentRequest): Promise<AcceptanceResponse> {
    const change = this.settlements.pay(who, id, PaymentRequest.payment(body));
    return AcceptanceResponse.of(await this.acceptances.after(who, change));
  }
}
