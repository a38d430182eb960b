import { describe, expect, it } from '@jest/globals';
import { barChart } from './bar-chart.js';
import { lineChart, runsOf } from './line-chart.js';
import { said, scaleFor } from './svg.js';

const words = (svg: string): string[] => [...svg.matchAll(/<text[^>]*fill="#[^>]*>([^<]*)</g)].map((found) => found[1]!);
const linesOf = (svg: string, colour: string): number =>
  svg.split('<path').filter((path) => path.includes(`fill="none" stroke="${colour}"`) && !path.includes('h18')).length;

const chart = (now: (number | null)[], before: (number | null)[] = []) =>
  lineChart({
    ...{ title: 'Охват', unit: 'человек', accent: '#123456', labels: now.map((_, i) => `0${i + 1}.11`) },
    ...{ now: { name: 'Сейчас', values: now }, before: { name: 'Раньше', values: before } },
  });

describe('a line over days', () => {
  it('has no way over a day that is not known, which is hatched and explained', () => {
    const svg = chart([5, 6, null, 4, 3]);
    expect(linesOf(svg, '#123456')).toBe(2);
    expect(svg).toContain('fill="url(#gap)"');
    expect(words(svg)).toContain('нет сведений');
    expect(chart([5, 6, 0, 4, 3])).not.toContain('нет сведений');
  });

  it('knows days in a row', () => {
    expect(runsOf([null, 1, 2, null, null, 0])).toEqual([
      [
        { day: 1, value: 1 },
        { day: 2, value: 2 },
      ],
      [{ day: 5, value: 0 }],
    ]);
  });

  it('says the highest and the lowest day, and names the period before', () => {
    const said = words(chart([5, 61, 2, 4], [90, 90]));
    expect(said).toEqual(expect.arrayContaining(['61', '2', 'человек', 'Сейчас', 'Раньше', '01.11', '04.11']));
  });

  it('is drawn of days of which nothing is known', () => {
    expect(chart([null, null])).not.toContain('NaN');
    expect(chart([])).not.toMatch(/NaN|Infinity/);
  });
});

describe('bars', () => {
  const bars = (values: (number | null)[]) =>
    barChart({
      ...{ title: 'Записи', unit: '', accent: '#123456', labels: values.map(String) },
      series: [{ name: '<ВКонтакте>', values }],
    });

  it('say their numbers; what is not known is a dash and no bar, and nothing is 0', () => {
    const svg = bars([3, null, 0]);
    expect(words(svg)).toEqual(expect.arrayContaining(['3', '—', '0']));
    expect(svg.match(/<rect[^>]*stroke-width="0.6"/g)).toHaveLength(2);
  });

  it('take no name for markup', () => expect(bars([1])).toContain('&lt;ВКонтакте&gt;'));
});

describe('a scale', () => {
  it.each([
    [[3], '', 4, '3', 3],
    [[0, null], '', 1, '0', 0],
    [[1_350], 'человек', 1_600, '1\u00a0350', 1_350],
    [[12_400, 8_000], 'тыс. человек', 16_000, '12,4', 12_400],
    [[12_400], 'тыс. человек', 16_000, '<0,1', 10],
    [[1_900_000], 'млн человек', 2_000_000, '1,9', 1_900_000],
  ])('of %j counts %s up to %i', (values, unit, top, words_, value) => {
    const scale = scaleFor(values, unit ? 'человек' : '');
    expect([scale.top, scale.unit, said(value, scale)]).toEqual([top, unit, words_]);
  });
});
