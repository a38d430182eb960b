import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { IsOmittable } from '../../../platform/http/omittable.decorator.js';
import { IsText } from '../../../platform/http/text.decorators.js';
import type { VatMode } from '../../contracts/vat.js';
import type { ActLine } from './act-lines.js';
import type { ActParty, ActVat } from './act.js';
import type { Act } from './act.store.js';

export class ActQuery {
  /** The newest, if absent. @example 1 */
  @IsOmittable() @Type(() => Number) @IsInt() @Min(1) @Max(10_000) version?: number;
}

export class ActCorrectionRequest {
  /** Why there is another version. @example "Исправлены полномочия подписанта" */
  @IsText(3, 1000) reason: string;
}

export class ActContractResponse {
  /** @example "12-ГК/2026" */
  number: string;
  /** @example 2026-11-24 */
  concludedOn: string;
  /** @example "Ведение официальных страниц в социальных сетях" */
  subject: string;
  /** The version that holds on the day of the act. @example 1 */
  version: number;
  /** ИКЗ. @example "263770708389377070100100010017021244" */
  procurementCode: string | null;
  /** ИГК. @example null */
  stateContractId: string | null;
  /** Number in the register of ЕИС. @example null */
  registryNumber: string | null;
}

export class ActSignatoryResponse {
  /** @example "Иванова Мария Петровна" */
  name: string;
  /** @example "Глава района" */
  position: string;
  /** @example "Устав" */
  basis: string;
}

export class ActBankResponse {
  /** @example "049805746" */
  bik: string;
  /** @example "Отделение банка" */
  bankName: string;
  /** @example "40602810700000000025" */
  account: string;
  /** @example null */
  correspondentAccount: string | null;
}

export class ActPartyResponse {
  /** @example "Администрация Елизовского муниципального района" */
  name: string;
  /** @example 7707083893 */
  inn: string;
  /** @example 770701001 */
  kpp: string | null;
  /** @example 1027700132195 */
  ogrn: string;
  /** @example "684000, Камчатский край, г. Елизово, ул. Ленина, 10" */
  address: string | null;
  /** Null: the contract names none. */
  signatory: ActSignatoryResponse | null;
  bank: ActBankResponse | null;

  static of({ name, inn, kpp, ogrn, address, signatory, bank }: ActParty): ActPartyResponse {
    return { name, inn, kpp, ogrn, address, signatory: signatory && { ...signatory }, bank: bank && { ...bank } };
  }
}

export class ActLineResponse {
  /** @example 1 */
  number: number;
  /** @example "Ведение официальных страниц, с 01.12.2026 по 31.12.2026" */
  title: string;
  /** @example "усл." */
  unit: string;
  /** @example 1 */
  quantity: number;
  /** @example 10000000 */
  priceKopecks: number;
  /** VAT included. @example 10000000 */
  amountKopecks: number;
  /** Null: without VAT. @example 22 */
  vatPercent: number | null;
  /** Within the amount. @example 1803279 */
  vatKopecks: number;

  static of({ number, title, unit, quantity, priceKopecks, amountKopecks, vatPercent, vatKopecks }: ActLine): ActLineResponse {
    const money = { amountKopecks: Number(amountKopecks), vatPercent, vatKopecks: Number(vatKopecks) };
    return { number, title, unit, quantity, priceKopecks: Number(priceKopecks), ...money };
  }
}

export class ActVatResponse {
  /** Null: without VAT. @example 22 */
  percent: number | null;
  /** @example 10000000 */
  amountKopecks: number;
  /** @example 1803279 */
  vatKopecks: number;

  static of({ percent, amountKopecks, vatKopecks }: ActVat): ActVatResponse {
    return { percent, amountKopecks: Number(amountKopecks), vatKopecks: Number(vatKopecks) };
  }
}

export class ActResponse {
  /** @example 019b76da-a800-7000-8000-000000000044 */
  id: string;
  /** @example 019b76da-a800-7000-8000-000000000041 */
  acceptanceId: string;
  /** Of the contractor's year, without gaps; every version of the act has the same. @example 7 */
  number: number;
  /** @example 2027 */
  year: number;
  /** Of the act: a correction makes the next. @example 1 */
  version: number;
  /** Why there is another version; null of the first. @example null */
  reason: string | null;
  /** @example "Акт № 7 от 11.01.2027 об оказании услуг" */
  title: string;
  /** @example 2027-01-11 */
  date: string;
  contract: ActContractResponse;
  /** Of the stage. @example 1 */
  stageOrdinal: number;
  /** @example "Этап 1" */
  stageTitle: string;
  /** @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  customer: ActPartyResponse;
  contractor: ActPartyResponse;
  lines: ActLineResponse[];
  /** @example standard */
  vatMode: VatMode;
  /** By rate; they make the totals. */
  vat: ActVatResponse[];
  /** @example 10000000 */
  totalKopecks: number;
  /** @example 1803279 */
  vatKopecks: number;
  /** @example "Сто тысяч рублей 00 копеек" */
  totalInWords: string;
  /** @example "В том числе НДС 22 % — 18 032,79 руб." */
  vatText: string;
  /** @example "Услуги оказаны полностью. Заказчик претензий по объёму и качеству оказания услуг не имеет." */
  claimsText: string;
  /** Why lines are split by rates; null when they are not. @example null */
  splitText: string | null;
  /** Null: issued by the worker, because silence accepted. @example 019b76da-a800-7000-8000-000000000004 */
  issuedBy: string | null;
  /** @example 2027-01-11T06:00:00.000Z */
  issuedAt: Date;

  static of(act: Act): ActResponse {
    const { id, acceptanceId, number, year, version, reason, issuedBy, issuedAt, content } = act;
    const { title, date, contract, stage, startsOn, endsOn, vatMode, totalInWords, vatText, claimsText, splitText } = content;
    return {
      ...{ id, acceptanceId, number, year, version, reason, title, date, contract: { ...contract }, startsOn, endsOn },
      ...{ stageOrdinal: stage.ordinal, stageTitle: stage.title, vatMode, totalInWords, vatText, claimsText, splitText },
      ...{ customer: ActPartyResponse.of(content.customer), contractor: ActPartyResponse.of(content.contractor) },
      ...{ lines: content.lines.map(ActLineResponse.of), vat: content.vat.map(ActVatResponse.of) },
      ...{ totalKopecks: Number(content.totalKopecks), vatKopecks: Number(content.vatKopecks), issuedBy, issuedAt },
    };
  }
}
