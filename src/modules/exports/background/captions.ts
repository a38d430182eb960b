/** What spreadsheets call a column; people read them. A field that is not here keeps the name that it has in the API. */
const CAPTIONS: Readonly<Record<string, string>> = {
  ...{
    id: 'Идентификатор',
    deleted: 'Удалено',
    clientId: 'Заказчик',
    title: 'Название',
    status: 'Состояние',
    state: 'Состояние',
  },
  ...{
    authorId: 'Автор',
    currentVersion: 'Версия',
    approvedHash: 'Хеш согласованного',
    createdAt: 'Создано',
    updatedAt: 'Изменено',
  },
  ...{ postId: 'Запись', pageId: 'Страница', publicationId: 'Публикация', network: 'Сеть', slot: 'Выход' },
  ...{ dueAt: 'Срок выхода', plannedLocal: 'Местное время выхода', timeZone: 'Часовой пояс', contentHash: 'Хеш содержания' },
  ...{ externalId: 'Номер в сети', url: 'Ссылка', publishedAt: 'Опубликовано', drift: 'Расхождение' },
  ...{ unit: 'Отрезок', startsAt: 'Начало отрезка', views: 'Просмотры', reach: 'Охват', reachSubscribers: 'Охват подписчиков' },
  ...{ likes: 'Лайки', comments: 'Комментарии', reposts: 'Репосты', linkClicks: 'Переходы', hides: 'Скрытия' },
  ...{ snapshots: 'Снимков', members: 'Участники', weekReach: 'Охват за неделю' },
  ...{ number: 'Номер', concludedOn: 'Заключён', kind: 'Вид', subject: 'Предмет', priceKopecks: 'Цена, ₽' },
  ...{ startsOn: 'Начало', endsOn: 'Окончание', signedOn: 'Подписан', versions: 'Версий', terminatedAt: 'Расторгнут' },
  ...{ contractId: 'Контракт', ordinal: 'Этап', amountKopecks: 'Сумма, ₽', stageId: 'Этап контракта' },
  ...{ claimedKopecks: 'Заявлено, ₽', acceptedKopecks: 'Принято, ₽', paidKopecks: 'Оплачено, ₽' },
  ...{ invoiceNumber: 'Номер счёта', invoicedOn: 'Дата счёта', acceptanceId: 'Приёмка', year: 'Год', actVersion: 'Версия акта' },
  ...{ reason: 'Причина', issuedAt: 'Выпущен', paidOn: 'Дата оплаты', kopecks: 'Сумма, ₽', document: 'Документ' },
  ...{ recordedAt: 'Внесено', at: 'Когда', actorKind: 'Кто: вид', actorId: 'Кто', action: 'Действие' },
  ...{ objectType: 'Объект: вид', objectId: 'Объект', requestId: 'Запрос' },
};

const SHEETS: Readonly<Record<string, string>> = {
  ...{ posts: 'Записи', publications: 'Публикации', postNumbers: 'Числа записей', pageNumbers: 'Числа страниц' },
  ...{ contracts: 'Контракты', stages: 'Этапы', acceptances: 'Приёмка', acts: 'Акты', payments: 'Оплаты' },
  ...{ reports: 'Отчёты', audit: 'Журнал' },
};

export function captionOf(field: string): string {
  return CAPTIONS[field] ?? field;
}

/** Of a collection; several sheets of one are numbered. */
export function sheetName(collection: string, number: number): string {
  const name = SHEETS[collection] ?? collection;
  return number === 1 ? name : `${name} (${number})`;
}
