import type { Party } from '../../contracts/clauses.js';
import type { ContractVersion, PartyRequisites } from '../../contracts/contract-version.js';
import { inWords } from '../../contracts/rubles-in-words.js';
import type { VatMode } from '../../contracts/vat.js';
import { type ActLine, actLines, type RatePeriod, ratePeriods } from './act-lines.js';
import { type AcceptedLine, sumOfLines } from './claim.js';
import { russianDay } from '../../../platform/text/russian-day.js';
import { rubles } from './wording.js';

/** A party as the version of the contract has it that holds on the act's day. */
export interface ActParty extends PartyRequisites, Party {}

export interface ActVat {
  readonly percent: number | null;
  readonly amountKopecks: bigint;
  readonly vatKopecks: bigint;
}

/** An act of rendered services as it was issued; texts are in Russian. */
export interface ActContent {
  readonly title: string;
  /** The day of the number, in the client's zone. */
  readonly date: string;
  readonly contract: {
    readonly number: string;
    readonly concludedOn: string;
    readonly subject: string;
    readonly version: number;
    readonly procurementCode: string | null;
    readonly stateContractId: string | null;
    readonly registryNumber: string | null;
  };
  readonly stage: { readonly ordinal: number; readonly title: string };
  readonly startsOn: string;
  readonly endsOn: string;
  readonly customer: ActParty;
  readonly contractor: ActParty;
  readonly lines: readonly ActLine[];
  readonly vatMode: VatMode;
  /** By rate; they make the totals. */
  readonly vat: readonly ActVat[];
  readonly totalKopecks: bigint;
  readonly vatKopecks: bigint;
  readonly totalInWords: string;
  readonly vatText: string;
  readonly claimsText: string;
  /** Why lines are split; null when they are not. */
  readonly splitText: string | null;
}

/** How the acceptance went, which the act must not gloss over. */
export interface AcceptanceCourse {
  readonly isWhole: boolean;
  readonly bySilence: boolean;
  /** At the first attempt and in time: only then may the act say so. */
  readonly isSmooth: boolean;
  readonly remarks: readonly string[];
}

export interface ActBasis {
  readonly number: number;
  readonly date: string;
  readonly contract: { readonly number: string; readonly concludedOn: string };
  readonly version: Pick<ContractVersion, 'number' | 'subject' | 'clauses' | 'requisites'>;
  readonly stage: { readonly ordinal: number; readonly title: string; readonly startsOn: string; readonly endsOn: string };
  readonly lines: readonly AcceptedLine[];
  readonly course: AcceptanceCourse;
}

export function actOf({ number, date, contract, version, stage, lines: accepted, course }: ActBasis): ActContent {
  const { procurementCode, stateContractId, registryNumber, vatMode, customer, contractor } = version.clauses;
  const { ordinal, startsOn, endsOn } = stage;
  const periods = ratePeriods(vatMode, startsOn, endsOn);
  const lines = actLines(accepted, periods);
  const totalKopecks = sumOfLines(lines);
  const vat = byRate(lines, periods);
  const identifiers = { procurementCode, stateContractId, registryNumber, version: version.number };
  return {
    title: `Акт № ${number} от ${russianDay(date)} об оказании услуг`,
    ...{ date, contract: { ...contract, subject: version.subject, ...identifiers }, startsOn, endsOn },
    stage: { ordinal, title: stage.title },
    customer: { ...version.requisites.customer, ...customer },
    contractor: { ...version.requisites.contractor, ...contractor },
    ...{ lines, vatMode, vat, totalKopecks, vatKopecks: vat.reduce((sum, one) => sum + one.vatKopecks, 0n) },
    totalInWords: inWords(totalKopecks),
    vatText: vatText(vatMode, vat),
    claimsText: claimsText(course),
    splitText: periods.length > 1 ? splitText(periods) : null,
  };
}

function byRate(lines: readonly ActLine[], periods: readonly RatePeriod[]): ActVat[] {
  return periods.map(({ percent }) => {
    const mine = lines.filter((line) => line.vatPercent === percent);
    return { percent, amountKopecks: sumOfLines(mine), vatKopecks: mine.reduce((sum, line) => sum + line.vatKopecks, 0n) };
  });
}

const WITHOUT_VAT: Partial<Record<VatMode, string>> = {
  professionalIncome: 'НДС не облагается в связи с применением налога на профессиональный доход',
};
const EXEMPT = 'Без НДС в связи с применением упрощённой системы налогообложения';

function vatText(mode: VatMode, vat: readonly ActVat[]): string {
  const texts = vat.map(({ percent, amountKopecks, vatKopecks }) => {
    if (percent === null) return WITHOUT_VAT[mode] ?? EXEMPT;
    const base = vat.length > 1 ? ` с ${rubles(amountKopecks)} руб.` : '';
    return `в том числе НДС ${percent} %${base} — ${rubles(vatKopecks)} руб.`;
  });
  return capitalized(texts.join('; '));
}

function claimsText({ isWhole, bySilence, isSmooth, remarks }: AcceptanceCourse): string {
  const silence =
    'В срок, установленный контрактом для приёмки, мотивированный отказ не поступил; по условиям контракта услуги считаются принятыми.';
  if (bySilence) return silence;
  if (!isWhole) {
    const why = remarks.length > 0 ? ` Замечания заказчика: ${remarks.join('; ')}.` : '';
    return `Услуги приняты частично, в объёме и на сумму, указанные в акте.${why} По принятым услугам заказчик претензий по объёму и качеству не имеет.`;
  }
  // Late or cured first: nothing is said of terms, so that no claim of either side is given away.
  if (!isSmooth) return 'Услуги оказаны полностью. Заказчик претензий по объёму и качеству оказания услуг не имеет.';
  return 'Услуги оказаны полностью и в срок. Заказчик претензий по объёму, качеству и срокам оказания услуг не имеет.';
}

function splitText(periods: readonly RatePeriod[]): string {
  const named = periods.map(({ startsOn, endsOn, percent, days }) => {
    const rate = percent === null ? 'без НДС' : `НДС ${percent} %`;
    return `с ${russianDay(startsOn)} по ${russianDay(endsOn)} — ${rate} (${days} дн.)`;
  });
  return `Ставка НДС определяется днём оказания услуг, поэтому строки разделены пропорционально дням этапа: ${named.join('; ')}.`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
