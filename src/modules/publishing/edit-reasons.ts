import type { Reason } from '../../networks/network.js';

/** Why an edit is not made, by the code that the gate's SQL gives. Read by account managers and officials. */
const MESSAGES = {
  'not-published': 'Записи на странице больше нет или её отозвали: изменять нечего',
  'contractor-suspended': 'Работа подрядчика приостановлена: обратитесь к оператору сервиса',
  'not-approved':
    'Согласованной версии больше нет: пост изменили или согласование отозвали. Согласуйте его и измените запись снова',
  'no-contract': 'Нет действующего договора, который охватывает эту страницу. Проверьте срок и страницы договора',
  'quiet-period': 'Сейчас тихий период: изменения приостановлены. Когда он закончится, измените запись снова',
  'page-not-connected': 'Страница не подключена: подключите её и измените запись снова',
} as const;

export type EditHoldCode = keyof typeof MESSAGES;

export function editHoldReason(code: EditHoldCode): Reason {
  return { code, message: MESSAGES[code] };
}

/** For an attempt of which nothing was heard. */
export const EDIT_LOST: Reason = {
  code: 'worker-lost',
  message: 'Изменение прервалось на нашей стороне: прочитаем запись и при нужде повторим',
};
