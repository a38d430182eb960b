import type { Gap, Gaps } from './numbers.js';

/** The network was asked and answered, and this number was not in the answer. */
export const NOT_TOLD = 'not-told';

/** Nobody was asked this time: the number changes slowly. */
export const NOT_ASKED = 'not-asked';

/** As they are stored: the reason in one word, by the name of the number. */
export type GapCodes = Readonly<Record<string, string>>;

const WORDS: Readonly<Record<string, string>> = {
  [NOT_TOLD]: 'Сеть не сообщила это число.',
  [NOT_ASKED]: 'Это число спрашивается раз в шесть часов.',
  'capability-missing': 'У подключения страницы нет права на эти числа. Добавьте токен с правом на статистику.',
  'right-missing': 'У подключения страницы нет права на эти числа. Добавьте токен с правом на статистику.',
  'not-admin': 'Числа видит только администратор страницы. Дайте владельцу токена эту роль.',
  'rate-limited': 'Сеть попросила спрашивать реже. Число придёт со следующим снимком.',
  'no-answer': 'Сеть не ответила. Число придёт со следующим снимком.',
  'no-turn': 'Очередь запросов занята публикациями. Число придёт со следующим снимком.',
};

export function gapOf(code: string): Gap {
  return { code, message: WORDS[code] ?? `Сеть отказала (${code}). Проверьте подключение страницы.` };
}

export function gapsOf<M extends string>(codes: GapCodes): Gaps<M> {
  return Object.fromEntries(Object.entries(codes).map(([metric, code]) => [metric, gapOf(code)])) as Gaps<M>;
}
