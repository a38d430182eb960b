import type { PageDescription } from '../../../networks/network.js';

export const DUTIES = ['name', 'address', 'phone', 'email', 'site', 'governmentMark', 'widgets'] as const;
export type DutyCode = (typeof DUTIES)[number];

/** What an official page owes by law, whatever a score says. */
export interface Duty {
  readonly duty: DutyCode;
  readonly state: 'met' | 'missing' | 'unknown';
  readonly value: string | null;
  /** What to do, Russian; null when it is met. */
  readonly advice: string | null;
  /** Where the duty comes from, Russian. */
  readonly basis: string;
}

const RULES = 'Постановление Правительства РФ от 31.12.2022 № 2560';
const CONTENT = 'Состав сведений официальной страницы: действующие контакты органа';

/** @param entered what a person saw: 1 and 0 of the mark, the number of widgets */
export function dutiesOf(
  profile: PageDescription,
  entered: { readonly governmentMark: number | null; readonly widgets: number | null },
  network: { readonly tellsEmail: boolean },
): Duty[] {
  const email = profile.email ?? (network.tellsEmail ? null : undefined);
  return [
    written('name', profile.name || null, 'Дайте странице название, по которому узнают орган.'),
    written('address', profile.address ?? null, 'Укажите почтовый адрес.'),
    written('phone', profile.phone ?? null, 'Укажите телефон.'),
    written(
      'email',
      email,
      email === undefined ? 'Сеть не показывает адрес почты. Проверьте описание страницы.' : 'Укажите адрес почты.',
    ),
    written('site', profile.site ?? null, 'Укажите официальный сайт.'),
    counted('governmentMark', entered.governmentMark, 1, 'Получите отметку «Госорганизация» через Госуслуги.'),
    counted('widgets', entered.widgets, 2, 'Разместите обе формы ПОС: для обращений и для опросов.'),
  ];
}

function written(duty: DutyCode, value: string | null | undefined, advice: string): Duty {
  const state = value === undefined ? 'unknown' : value === null ? 'missing' : 'met';
  return { duty, state, value: value ?? null, advice: state === 'met' ? null : advice, basis: CONTENT };
}

function counted(duty: DutyCode, value: number | null, least: number, advice: string): Duty {
  const state = value === null ? 'unknown' : value >= least ? 'met' : 'missing';
  return { duty, state, value: value === null ? null : String(value), advice: state === 'met' ? null : advice, basis: RULES };
}
