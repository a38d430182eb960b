import type { NetworkName } from '../../../networks/network.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import type { Contract } from '../../contracts/contract.js';
import type { Security } from '../../contracts/clauses.js';
import type { Requirement } from '../../contracts/requirement.js';
import type { AcceptanceDate } from '../acceptance/acceptance-date.js';

export function contractTitle({ number }: Pick<Contract, 'number'>, text: string): string {
  return `${text} · договор № ${number}`;
}

export function acceptanceTitle(kind: AcceptanceDate['kind'], stage: string): string {
  return `${ACCEPTANCE[kind]}: ${stage}`;
}

const ACCEPTANCE: Readonly<Record<AcceptanceDate['kind'], string>> = {
  ...{ submission: 'Сдать результаты', acceptance: 'Приёмка заказчиком' },
  ...{ payment: 'Оплата заказчиком', cure: 'Устранить недостатки' },
};

export function securityTitle(kind: Security['kind']): string {
  return kind === 'performance' ? 'Возврат обеспечения исполнения' : 'Возврат обеспечения гарантийных обязательств';
}

export function handedTitle(
  { title }: Pick<Requirement, 'title'>,
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
): string {
  return `${title} (${russianDay(startsOn)}–${russianDay(endsOn)})`;
}

const NETWORKS: Readonly<Record<NetworkName, string>> = { vk: 'ВКонтакте', ok: 'Одноклассники' };

export function expiryTitle(name: string | null, network: NetworkName): string {
  return `Истекают ключи доступа страницы ${name === null ? '' : `«${name}», `}${NETWORKS[network]}`;
}

/** Why a date may still move; null: it does not. */
export function provisionalReason(year: number | null): string | null {
  if (year === null) return null;
  return `Предварительно: производственный календарь на ${year} год не утверждён, дата может измениться`;
}
