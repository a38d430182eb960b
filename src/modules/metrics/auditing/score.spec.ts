import { describe, expect, it } from '@jest/globals';
import { dutiesOf } from './duties.js';
import { scoreOf, type Seen } from './score.js';
import { FIRST_MODEL } from './scoring-model.js';

const BEST: Seen = {
  ...{ governmentMark: 1, component: 1, avatar: 1, description: 1, cover: 1, widgets: 2, activity: 3, reach: 71 },
};

describe('the score of a page by the first model', () => {
  it.each<[string, Partial<Seen>, number]>([
    ['has everything', {}, 100],
    ['has more than everything', { widgets: 5, activity: 30, reach: 400 }, 100],
    ['has no mark', { governmentMark: 0 }, 90],
    ['has one widget', { widgets: 1 }, 95],
    ['has no widget', { widgets: 0 }, 90],
    ['posts twice a week', { activity: 2 }, 60],
    ['reaches seventy percent', { reach: 70 }, 97],
    ['reaches half', { reach: 50 }, 97],
    ['reaches a little less than half', { reach: 49.9 }, 95],
    ['reaches thirty percent', { reach: 30 }, 95],
    ['reaches less', { reach: 29 }, 90],
    ['nobody knows the reach of', { reach: null }, 90],
    [
      'has nothing',
      { governmentMark: 0, component: 0, avatar: 0, description: 0, cover: 0, widgets: 0, activity: 0, reach: 0 },
      0,
    ],
  ])('of one that %s', (_, changes, score) => {
    expect(scoreOf(FIRST_MODEL, { ...BEST, ...changes })).toMatchObject({ score, most: 100 });
  });

  it('says what is missing and how to get the points', () => {
    const { findings } = scoreOf(FIRST_MODEL, { ...BEST, widgets: 1, activity: 1, reach: null, cover: 0 });
    const open = findings.filter(({ advice }) => advice !== null);
    expect(open.map(({ subject, state, points, advice }) => [subject, state, points, advice])).toEqual([
      ['cover', 'none', 0, 'Поставьте обложку: +10.'],
      ['widgets', 'partly', 5, 'Разместите виджеты Госуслуг: сейчас 1, нужно 2 (до 10 баллов).'],
      ['activity', 'none', 0, 'За 7 дней записей 1, нужно не меньше 3: 40 баллов.'],
      ['reach', 'unknown', 0, 'Недельный охват неизвестен. Добавьте токен с правом на статистику.'],
    ]);
  });
});

describe('the duties of a page', () => {
  const PROFILE = {
    externalId: '1',
    name: 'Администрация',
    url: 'https://vk.com/a',
    address: 'Ленина, 1',
    phone: '+7',
    site: 'https://a.ru',
  };
  const states = (email: string | undefined, tellsEmail: boolean, mark: number | null, widgets: number | null) =>
    dutiesOf({ ...PROFILE, ...(email !== undefined && { email }) }, { governmentMark: mark, widgets }, { tellsEmail }).map(
      ({ duty, state }) => `${duty} ${state}`,
    );

  it('are met, missing or unknown', () => {
    const written = ['name met', 'address met', 'phone met'];
    expect(states('a@a.ru', true, 1, 2)).toEqual([...written, 'email met', 'site met', 'governmentMark met', 'widgets met']);
    expect(states(undefined, true, 0, 1)).toEqual([
      ...written,
      'email missing',
      'site met',
      'governmentMark missing',
      'widgets missing',
    ]);
    expect(states(undefined, false, null, null)).toEqual([
      ...[...written, 'email unknown', 'site met', 'governmentMark unknown', 'widgets unknown'],
    ]);
  });
});
