/** Of each page, or of the contract as a whole; settled by a person, or seen by the machine. */
interface HandoverKind {
  readonly of: 'page' | 'contract';
  readonly by: 'person' | 'machine';
  /** Russian, as the list shows it. */
  readonly title: string;
}

/** What is handed over at the end of a contract, in the order in which it is done. */
export const HANDOVER_KINDS = {
  pageOwner: { of: 'page', by: 'person', title: 'Владелец страницы — сотрудник заказчика' },
  stateMark: { of: 'page', by: 'person', title: 'Отметка «Госорганизация» привязана к учётной записи заказчика на Госуслугах' },
  widgets: { of: 'page', by: 'person', title: 'Формы обратной связи (ПОС) работают' },
  newAdministrators: { of: 'page', by: 'person', title: 'Новые администраторы назначены заказчиком, вход в два шага включён' },
  plannedPosts: { of: 'page', by: 'machine', title: 'Ничего не запланировано после окончания договора' },
  archive: { of: 'contract', by: 'person', title: 'Архив передан: записи, исходники, отчёты' },
  openQuestions: { of: 'contract', by: 'person', title: 'Список вопросов без ответа и их сроков передан' },
  contractorRoles: { of: 'page', by: 'person', title: 'Роли подрядчика на странице сняты' },
  access: { of: 'page', by: 'machine', title: 'Ключи страницы удалены: страница отключена' },
  transferAct: { of: 'contract', by: 'person', title: 'Акт передачи подписан' },
} as const satisfies Record<string, HandoverKind>;

export type HandoverCode = keyof typeof HANDOVER_KINDS;
export const HANDOVER_CODES = Object.keys(HANDOVER_KINDS) as HandoverCode[];

export const SETTLEMENTS = ['open', 'done', 'waived'] as const;
/** What a person said: `waived` is not needed, and the note says why. */
export type Settlement = (typeof SETTLEMENTS)[number];
/** `notNeeded`: another contract goes on with the page. */
export const HANDOVER_STATES = [...SETTLEMENTS, 'notNeeded'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

/** A line of the list, as it is kept. */
export interface HandoverItem {
  readonly id: string;
  readonly clientId: string;
  readonly contractId: string;
  /** Null: of the contract as a whole. */
  readonly pageId: string | null;
  readonly code: HandoverCode;
  readonly state: Settlement;
  readonly note: string | null;
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
  readonly version: number;
}

/** What the machine sees of a page. */
export interface PageFacts {
  /** Whether another contract may be in force for it after this one. */
  readonly goesOn: boolean;
  readonly isConnected: boolean;
  /** Publications that are to come after the end. */
  readonly planned: number;
}

export type HandoverLine = Omit<HandoverItem, 'state'> & { readonly state: HandoverState };

/** The list of a contract with these pages. */
export function handoverOf(pageIds: readonly string[]): { code: HandoverCode; pageId: string | null }[] {
  return HANDOVER_CODES.flatMap((code): { code: HandoverCode; pageId: string | null }[] =>
    HANDOVER_KINDS[code].of === 'page' ? pageIds.map((pageId) => ({ code, pageId })) : [{ code, pageId: null }],
  );
}

/** How a line stands: what a person said, or what the machine sees. @param page of the line; undefined for the whole contract */
export function standing(item: HandoverItem, page: PageFacts | undefined): HandoverLine {
  if (page?.goesOn) return { ...item, state: 'notNeeded' };
  if (item.state !== 'open' || !page) return item;
  const isDone = (item.code === 'plannedPosts' && page.planned === 0) || (item.code === 'access' && !page.isConnected);
  return isDone ? { ...item, state: 'done' } : item;
}
