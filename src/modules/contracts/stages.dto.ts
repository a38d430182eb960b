import type { StageState } from './stage.js';
import type { StageLine } from './stages.service.js';

export class StageResponse {
  /** Null while the contract is a draft. @example 019b76da-a800-7000-8000-00000000001d */
  id: string | null;
  /** @example 1 */
  ordinal: number;
  /** @example "Этап 1" */
  title: string;
  /** First and last day, both included, in the contract's zone. @example 2026-12-01 */
  startsOn: string;
  /** @example 2026-12-31 */
  endsOn: string;
  /** VAT included; all stages together make the price. @example 120000000 */
  amountKopecks: number;
  /** The rate on the last day of the stage, in percent; null: without VAT. @example 22 */
  vatPercent: number | null;
  /** Within the amount. @example 21639344 */
  vatKopecks: number;
  /** @example open */
  state: StageState;
  /** The midnight at which it ends. @example 2026-12-31T12:00:00.000Z */
  closesAt: Date | null;
  /** When its numbers are frozen. @example 2027-01-02T12:00:00.000Z */
  freezesAt: Date | null;

  static of(stage: StageLine): StageResponse {
    const { id, ordinal, title, startsOn, endsOn, vatPercent, state, closesAt, freezesAt } = stage;
    const money = { amountKopecks: Number(stage.amountKopecks), vatPercent, vatKopecks: Number(stage.vatKopecks) };
    return { id, ordinal, title, startsOn, endsOn, ...money, state, closesAt, freezesAt };
  }
}

export class StageList {
  data: StageResponse[];
}
