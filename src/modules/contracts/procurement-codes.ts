/** Codes under which a contract is known to the procurement system (ЕИС) and to the treasury. */

/** The parts of an ИКЗ, the 36 digits that name a purchase from its plan to its payment (Finance Ministry, order 55n of 2020). */
export interface ProcurementCode {
  /** Two digits of the year of the plan. */
  readonly year: string;
  readonly customerInn: string;
  readonly customerKpp: string;
  readonly planLine: string;
  readonly purchase: string;
  /** Class of the goods or services, ОКПД2; zeros for a purchase of several classes. */
  readonly okpd2: string;
  /** Kind of expenditure, КВР. */
  readonly expenditure: string;
}

const PROCUREMENT_CODE = /^(\d{2})\d(\d{10})(\d{9})(\d{4})(\d{3})(\d{4})(\d{3})$/;

/** @returns undefined when it has not 36 digits */
export function parseProcurementCode(code: string): ProcurementCode | undefined {
  const [, year, customerInn, customerKpp, planLine, purchase, okpd2, expenditure] = PROCUREMENT_CODE.exec(code) ?? [];
  if (year === undefined) return undefined;
  return { year, customerInn, customerKpp, planLine, purchase, okpd2, expenditure } as ProcurementCode;
}

/** Why this can't be the ИКЗ of a purchase by this customer; undefined when it can. */
export function procurementCodeProblem(code: string, customer: { inn: string; kpp: string }): string | undefined {
  const parts = parseProcurementCode(code);
  if (!parts) return 'An ИКЗ has 36 digits';
  if (parts.customerInn !== customer.inn) return `Digits 4 to 13 of the ИКЗ are the client’s ИНН: ${customer.inn} is expected`;
  if (parts.customerKpp !== customer.kpp) return `Digits 14 to 22 of the ИКЗ are the client’s КПП: ${customer.kpp} is expected`;
  return undefined;
}

/** ИГК: 20 digits under treasury support, 25 for a defence order. */
export const STATE_CONTRACT_ID = /^(?:\d{20}|\d{25})$/;
/** Number of the contract in the register of ЕИС. */
export const REGISTRY_NUMBER = /^\d{19}$/;
