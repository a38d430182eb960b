import type { ErrorRule } from '../error-rules.js';

/** One code, several meanings: where the subcode or VK's words decide. The first that fits wins over the list above. */
export const VK_REFINED_RULES: readonly { readonly when: { subcode?: number[]; says?: RegExp }; readonly rule: ErrorRule }[] = [
  {
    when: { subcode: [1130] },
    rule: {
      codes: [5],
      reason: 'token-bound-to-address',
      act: 'refused',
      definite: true,
      message:
        'токен пользователя действует только с того адреса, где его получили. Получите его с адреса сервера или обойдитесь токеном сообщества.',
    },
  },
  {
    when: { says: /application is blocked/i },
    rule: {
      codes: [8],
      reason: 'token-revoked',
      act: 'credentialLost',
      message: 'приложение, выдавшее токен, заблокировано. Получите токен другого приложения и подключите страницу заново.',
    },
  },
  {
    when: { subcode: [1133, 1134] },
    rule: {
      codes: [15],
      reason: 'capability-missing',
      act: 'refused',
      definite: true,
      message: 'действие недоступно этому приложению или виду токена. Добавьте токен другого вида.',
    },
  },
  {
    when: { says: /unavailable with group auth/i },
    rule: {
      codes: [27],
      reason: 'capability-missing',
      act: 'refused',
      message: 'действие недоступно с токеном сообщества. Добавьте токен пользователя.',
    },
  },
  {
    when: { says: /already scheduled/i },
    rule: {
      codes: [214],
      reason: 'slot-taken',
      act: 'refused',
      definite: true,
      message: 'на это время уже отложена другая запись. Проверьте отложенные записи и выберите другое время.',
    },
  },
  {
    when: { says: /only (schedule|add)/i },
    rule: {
      codes: [214],
      reason: 'daily-limit',
      act: 'retryLater',
      after: 'nextDay',
      definite: true,
      message: 'исчерпан суточный лимит записей. Попытка повторится на следующий день.',
    },
  },
  {
    when: { says: /cannot postpone/i },
    rule: {
      codes: [214],
      reason: 'bad-date',
      act: 'refused',
      definite: true,
      message: 'на эту дату отложить запись нельзя. Выберите другую дату.',
    },
  },
];
