import type { Reason } from './network.js';

type Refused = { readonly kind: 'refused'; readonly reason: Reason };

/** A refusal of our own, before or after asking the network. */
export function refusal(title: string, code: string, message: string): Refused {
  return { kind: 'refused', reason: { code, message: `${title}: ${message}` } };
}

/** The page's number can't be one of this network's. */
export function badPageId(title: string): Refused {
  return refusal(title, 'bad-page-id', 'номер сообщества должен быть положительным числом. Проверьте адрес страницы.');
}

export function isPageId(externalId: string): boolean {
  return /^[1-9]\d{0,19}$/.test(externalId);
}
