import { IsIn, IsUUID } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { PageQuery } from '../../../platform/http/pagination.js';
import { CONTRACT_STATUSES, type ContractStatus } from '../../contracts/contract-status.js';
import { TotalsResponse } from '../plan-fact.dto.js';
import type { Late, Money, PortfolioLine, PortfolioTotals } from './portfolio.js';

export class PortfolioQuery {
  /** Of this client alone. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
}

export class PortfolioContractsQuery extends PageQuery {
  /** Of this client alone. @example 019b76da-a800-7000-8000-000000000002 */
  @IsOmittable() @IsUUID() clientId?: string;
}

/** In kopecks; each stands in one place alone, but for what is at risk. */
export class PortfolioMoneyResponse {
  /** To be delivered, or refused and not submitted again. @example 90000000 */
  plannedKopecks: number;
  /** @example 10000000 */
  submittedKopecks: number;
  /** @example 0 */
  acceptedKopecks: number;
  /** @example 10000000 */
  invoicedKopecks: number;
  /** @example 10000000 */
  paidKopecks: number;
  /** Of what is planned or submitted: stages in which something is missing, or will be. @example 10000000 */
  atRiskKopecks: number;

  static of(money: Money): PortfolioMoneyResponse {
    const { plannedKopecks, submittedKopecks, acceptedKopecks, invoicedKopecks, paidKopecks, atRiskKopecks } = money;
    return {
      ...{ plannedKopecks: Number(plannedKopecks), submittedKopecks: Number(submittedKopecks) },
      ...{ acceptedKopecks: Number(acceptedKopecks), invoicedKopecks: Number(invoicedKopecks) },
      ...{ paidKopecks: Number(paidKopecks), atRiskKopecks: Number(atRiskKopecks) },
    };
  }
}

export class LateResponse {
  /** Who is late. @example client */
  @IsIn(['contractor', 'client']) waitingFor: 'contractor' | 'client';
  /** @example 2 */
  count: number;
  /** The day of the oldest, in its client's zone. @example 2026-12-10 */
  since: string;

  static of({ waitingFor, count, since }: Late): LateResponse {
    return { waitingFor, count, since };
  }
}

export class PortfolioResponse {
  /** Signed, and not put away. @example 12 */
  contracts: number;
  /** @example 120000000 */
  priceKopecks: number;
  money: PortfolioMoneyResponse;
  /** Nobody who is not late stands here; what exactly it is says `GET /v1/deadlines?state=missed`. */
  late: LateResponse[];

  static of({ contracts, priceKopecks, money, late }: PortfolioTotals): PortfolioResponse {
    return {
      ...{ contracts, priceKopecks: Number(priceKopecks), money: PortfolioMoneyResponse.of(money) },
      late: late.map(LateResponse.of),
    };
  }
}

export class PortfolioContractResponse {
  /** @example 019b76da-a800-7000-8000-000000000008 */
  contractId: string;
  /** @example 019b76da-a800-7000-8000-000000000002 */
  clientId: string;
  /** @example "7-ГК/2027" */
  number: string;
  /** @example active */
  @IsIn(CONTRACT_STATUSES) status: ContractStatus;
  /** @example 2026-12-01 */
  startsOn: string;
  /** @example 2027-11-30 */
  endsOn: string;
  /** @example 120000000 */
  priceKopecks: number;
  money: PortfolioMoneyResponse;
  deliverables: TotalsResponse;
  late: LateResponse[];

  static of(line: PortfolioLine): PortfolioContractResponse {
    const { contractId, clientId, number, status, startsOn, endsOn, priceKopecks, money, deliverables, late } = line;
    return {
      ...{ contractId, clientId, number, status, startsOn, endsOn, priceKopecks: Number(priceKopecks) },
      ...{ money: PortfolioMoneyResponse.of(money), deliverables: TotalsResponse.of(deliverables) },
      late: late.map(LateResponse.of),
    };
  }
}

export class PortfolioContractPage {
  data: PortfolioContractResponse[];
  /** Pass it as `cursor` to go on; null on the last page. @example null */
  nextCursor: string | null;
}
