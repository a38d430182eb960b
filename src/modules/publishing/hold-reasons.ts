import type { Reason } from '../../networks/network.js';

/** Why a due publication does not go out, by the code that the gate's SQL gives. Read by account managers and officials. */
const MESSAGES = {
  'too-late':
    'Время публикации прошло, а отправить её было нельзя. Решите, нужна ли она ещё: перенесите на новое время или отзовите',
  'contractor-suspended': 'Работа подрядчика приостановлена: обратитесь к оператору сервиса',
  'not-approved':
    'Согласованной версии больше нет: пост изменили или согласование отозвали. Согласуйте пост и запланируйте снова',
  'no-contract': 'Нет действующего договора, который охватывает эту страницу. Проверьте срок и страницы договора',
  'quiet-period': 'Сейчас тихий период: публикации приостановлены. Когда он закончится, решите, выпускать ли эту запись',
  'page-not-connected': 'Страница не подключена. Когда её подключат заново, публикация выйдет сама, если её время не прошло',
  'capability-lost':
    'Ключи страницы больше не позволяют такую публикацию. Когда право вернётся, она выйдет сама; можно опубликовать её вручную',
  'found-several': 'На странице нашлось несколько одинаковых записей: посмотрите, какая из них лишняя',
  absent: 'Сеть не подтвердила публикацию, и на странице её не видно. Проверьте страницу и запланируйте снова, если записи нет',
  'repeat-too-late':
    'Сеть не подтвердила публикацию, на странице её не видно, а повторить без риска второй записи уже нельзя: прошло слишком много времени. Проверьте страницу и отправьте снова, если записи нет',
  'no-control':
    'Сеть не подтвердила публикацию, а прежних наших записей на странице тоже не видно, поэтому поиск ничего не доказывает. Посмотрите страницу сами',
  'cannot-look': 'Сеть не подтвердила публикацию, а проверить страницу этими ключами нельзя. Посмотрите страницу сами',
} as const;

export type HoldCode = keyof typeof MESSAGES;

export function holdReason(code: HoldCode): Reason {
  return { code, message: MESSAGES[code] };
}

/** For an attempt whose worker stopped between the point of no return and the answer. */
export const WORKER_LOST: Reason = {
  code: 'worker-lost',
  message: 'Отправка прервалась на нашей стороне, исход неизвестен: проверяем страницу',
};

/** For a publication that keeps killing workers before anything is sent. */
export const WORKERS_LOST: Reason = {
  code: 'workers-lost',
  message:
    'Отправка трижды подряд прерывалась на нашей стороне, в сеть ничего не ушло. Сообщите администратору сервиса, затем отправьте снова',
};

/** For an attempt that ended before anything was sent. */
export const RELEASED: Reason = { code: 'released', message: 'Попытка остановлена до отправки, ничего не отправлено' };
