import { mostOf, type Scored, type ScoringItem, type ScoringModel, type Step } from './scoring-model.js';

/** What was seen of a page; null: nobody told. */
export type Seen = Readonly<Record<Scored, number | null>>;

export interface Finding {
  readonly subject: Scored;
  readonly value: number | null;
  readonly points: number;
  readonly most: number;
  readonly state: 'full' | 'partly' | 'none' | 'unknown';
  /** How to get the points that are missing, Russian; null when none is. */
  readonly advice: string | null;
}

export interface Score {
  readonly score: number;
  readonly most: number;
  readonly findings: readonly Finding[];
}

/** What is not known brings no points, and is said to be unknown: a person can look and enter it. */
export function scoreOf(model: ScoringModel, seen: Seen): Score {
  const findings = model.items.map((item) => judged(item, seen[item.subject]));
  return { score: sum(findings.map(({ points }) => points)), most: sum(findings.map(({ most }) => most)), findings };
}

function judged(item: ScoringItem, value: number | null): Finding {
  const { subject } = item;
  const most = mostOf(item);
  if (value === null) return { subject, value, points: 0, most, state: 'unknown', advice: UNKNOWN[subject] };
  const points = Math.max(0, ...item.steps.filter((step) => reaches(step, value)).map((step) => step.points));
  if (points === most) return { subject, value, points, most, state: 'full', advice: null };
  const next = nextStep(item.steps, points);
  return { subject, value, points, most, state: points > 0 ? 'partly' : 'none', advice: ADVICE[subject](next, value) };
}

function reaches({ value: wanted, above }: Step, value: number): boolean {
  return above ? value > wanted : value >= wanted;
}

function nextStep(steps: readonly Step[], points: number): Step {
  return [...steps].sort((a, b) => a.points - b.points).find((step) => step.points > points)!;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const plain =
  (text: string) =>
  ({ points }: Step) =>
    `${text}: +${points}.`;

const ADVICE: Readonly<Record<Scored, (next: Step, value: number) => string>> = {
  governmentMark: plain('Получите отметку «Госорганизация» через Госуслуги (настройки сообщества → подтверждение)'),
  component: plain('Подключите страницу к компоненту «Госпаблики» в кабинете ПОС'),
  avatar: plain('Поставьте аватар с гербом или эмблемой органа'),
  description: plain('Заполните описание: чем занимается орган и как к нему обратиться'),
  cover: plain('Поставьте обложку'),
  widgets: ({ value, points }, now) => `Разместите виджеты Госуслуг: сейчас ${now}, нужно ${value} (до ${points} баллов).`,
  activity: ({ value, points }, now) => `За 7 дней записей ${now}, нужно не меньше ${value}: ${points} баллов.`,
  reach: ({ value, above, points }, now) =>
    `Недельный охват — ${now} % подписчиков, нужно ${above ? 'больше' : 'не меньше'} ${value} %: до ${points} баллов.`,
};

const UNKNOWN: Readonly<Record<Scored, string>> = {
  governmentMark: 'Сеть не сообщает об отметке. Посмотрите на странице и внесите вручную.',
  component: 'О подключении к «Госпабликам» не сообщает ни одна сеть. Внесите вручную.',
  avatar: 'Сеть не сообщает об аватаре. Посмотрите на странице и внесите вручную.',
  description: 'Сеть не сообщает описание. Посмотрите на странице и внесите вручную.',
  cover: 'Сеть не сообщает об обложке. Посмотрите на странице и внесите вручную.',
  widgets: 'О виджетах не сообщает ни одна сеть. Посмотрите на странице и внесите их число.',
  activity: 'О записях страницы ничего не известно.',
  reach: 'Недельный охват неизвестен. Добавьте токен с правом на статистику.',
};
