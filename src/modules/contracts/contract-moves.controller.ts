import { Body, Controller, Delete, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { Id } from '../../platform/http/ids.decorators.js';
import { Versioned } from '../../platform/http/versioning.js';
import { ReasonRequest, SignContractRequest, TerminateContractRequest } from './contract-moves.dto.js';
import { ContractMovesService } from './contract-moves.service.js';
import { ContractResponse } from './contracts.dto.js';
import {
  ContractCoversNothing,
  ContractNotFound,
  ContractNotSettled,
  ContractNotReady,
  ContractTransitionRefused,
  NoNotice,
  NoticeTooShort,
} from './contracts.errors.js';
import './contracts.permissions.js';
import { SigningService } from './signing.service.js';
import { TerminationsService } from './terminations.service.js';

@Controller('v1/contracts/:contractId')
export class ContractMovesController {
  constructor(
    private readonly moves: ContractMovesService,
    private readonly signing: SigningService,
    private readonly terminations: TerminationsService,
  ) {}

  /** Send a draft to be read by another: nobody edits it meanwhile. */
  @Put('review')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused)
  async submit(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.submit(who, contractId));
  }

  /** Return a draft that is being reviewed, to be changed. */
  @Delete('review')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused)
  async return(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.return(who, contractId));
  }

  /** Sign a contract: its terms are fixed from now on, and its stages are planned. */
  @Put('signature')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused, ContractCoversNothing, ContractNotReady)
  async sign(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: SignContractRequest,
  ): Promise<ContractResponse> {
    return ContractResponse.of(await this.signing.sign(who, contractId, body.signedOn));
  }

  /** Activate a signed contract: within its days publications may go out under it. By itself it does so at its start. */
  @Put('activation')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused)
  async activate(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.activate(who, contractId));
  }

  /** Suspend a contract: nothing goes out under it until it is resumed. */
  @Put('suspension')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused)
  async suspend(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: ReasonRequest,
  ): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.suspend(who, contractId, body.reason));
  }

  /** Resume a suspended contract. */
  @Delete('suspension')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused)
  async resume(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.resume(who, contractId));
  }

  /** Terminate a contract, now or with a notice: from that day on nothing goes out under it. */
  @Put('termination')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused, NoticeTooShort)
  async terminate(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: TerminateContractRequest,
  ): Promise<ContractResponse> {
    return ContractResponse.of(await this.terminations.terminate(who, contractId, TerminateContractRequest.termination(body)));
  }

  /** Withdraw a notice of termination before it takes effect: the breach was cured. */
  @Delete('termination')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, NoNotice)
  async withdraw(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.terminations.withdraw(who, contractId));
  }

  /** Cancel a contract that was never signed. */
  @Put('cancellation')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused)
  async cancel(
    @Who() who: Principal,
    @Id('contractId') contractId: string,
    @Body() body: ReasonRequest,
  ): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.cancel(who, contractId, body.reason));
  }

  /** Archive a contract that is over: everything about it is settled, its handover too. */
  @Put('archive')
  @Requires('contracts.write')
  @Versioned()
  @Fails(ContractNotFound, ContractTransitionRefused, ContractNotSettled)
  async archive(@Who() who: Principal, @Id('contractId') contractId: string): Promise<ContractResponse> {
    return ContractResponse.of(await this.moves.archive(who, contractId));
  }
}
