import { russianDay } from '../../../platform/text/russian-day.js';
import type { ReportDocument, ReportIncident } from '../document/report-document.js';

/** What documents of reports mean, in words for officials. */

const NETWORKS: Readonly<Record<string, string>> = { vk: 'ВКонтакте', ok: 'Одноклассники', telegram: 'Telegram', max: 'MAX' };
const STATES: Readonly<Record<string, string>> = {
  ...{ ahead: 'ещё не начался', open: 'идёт', atRisk: 'под угрозой', done: 'выполнено', missed: 'не выполнено' },
  ...{ excused: 'не по вине исполнителя', noSource: 'нет источника данных', untold: 'данные ещё не получены' },
};
const ORIGINS: Readonly<Record<string, string>> = {
  ...{ own: 'исполнитель', contractorByHand: 'исполнитель, вручную', client: 'заказчик' },
  ...{ regionalBroadcast: 'региональная рассылка', unknown: 'не указано' },
};
const FORMATS: Readonly<Record<string, string>> = {
  ...{ photo: 'фото', video: 'видео', document: 'документ', poll: 'опрос', link: 'ссылка' },
};
const EXCUSES: Readonly<Record<string, string>> = {
  ...{ clientDelay: 'задержка заказчика', clientRequest: 'просьба заказчика' },
  ...{ platformOutage: 'сбой сети', forceMajeure: 'непреодолимая сила' },
};
const INCIDENTS: Readonly<Record<ReportIncident['kind'], string>> = {
  ...{ held: 'остановлена', refused: 'не принята сетью', unclear: 'исход неизвестен', abandoned: 'снята' },
  ...{ late: 'вышла позже', quietPeriod: 'тихий период' },
};
const NOT_TOLD = {
  nothingCollected: 'За период сведений не собрано. Отсутствие сведений не означает нулевых значений.',
  notCollectedYet: 'Эти сведения пока не собираются. Отсутствие сведений не означает нулевых значений.',
};

export const networkName = (network: string): string => NETWORKS[network] ?? network;
export const stateName = (state: string): string => STATES[state] ?? state;
export const originName = (origin: string): string => ORIGINS[origin] ?? origin;
export const formatNames = (formats: readonly string[]): string =>
  formats.map((one) => FORMATS[one] ?? one).join(', ') || 'текст';
export const excuseName = (cause: string): string => EXCUSES[cause] ?? cause;
export const incidentName = (kind: ReportIncident['kind']): string => INCIDENTS[kind];

/** Why a part of the report is not told; null: it is. */
export function notTold(part: ReportDocument['numbers' | 'compliance' | 'conversations' | 'events']): string | null {
  return part.told ? null : NOT_TOLD[part.why];
}

/** `2027-01-12T12:01:00` on the client's wall → `12.01.2027 12:01`. */
export function russianTime(local: string): string {
  const [day = '', time = ''] = local.split('T');
  return `${russianDay(day)} ${time.slice(0, 5)}`;
}

/** 12345 → `12 345`; a number that is not known is a dash, never zero. Spaces don't break. */
export function count(value: number | null): string {
  return value === null ? '—' : russianNumber(value);
}

/** 1234.56 → `1 234,6`; spaces don't break. */
export function russianNumber(value: number): string {
  const [whole = '', part] = String(Math.round(value * 10) / 10).split('.');
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00a0') + (part === undefined ? '' : `,${part}`);
}

/** As `russianNumber`; what is not known is a dash. */
export function mean(value: number | null): string {
  return value === null ? '—' : russianNumber(value);
}

/** +3, −2, 0. */
export function change(now: number, before: number): string {
  const difference = now - before;
  return difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${russianNumber(Math.abs(difference))}`;
}
