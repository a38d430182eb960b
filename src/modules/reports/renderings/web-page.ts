import type { Section } from '../document/look.js';
import { dataUrl, type LogoPicture } from '../document/logo.js';
import type { ReportDocument } from '../document/report-document.js';
import { escapeMarkup as text } from './charts/svg.js';
import { type ReportView, viewOf } from './report-view.js';
import type { ScoreGrid } from './scores.js';

const STYLE = `body{font:15px/1.5 Inter,"Segoe UI",Roboto,Arial,sans-serif;color:#1c2733;max-width:960px;margin:0 auto;padding:24px 16px}
header{background:var(--accent);color:#fff;padding:20px 24px;border-radius:4px}header h1{margin:0;font-size:26px}header p{margin:4px 0 0;font-size:17px}
h2{color:var(--accent);margin:36px 0 12px;font-size:20px}h3{font-size:15px;margin:20px 0 8px}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}th{text-align:left;color:#5b6773;border-bottom:2px solid #1c2733}td,th{padding:6px 8px;vertical-align:top}
td{border-bottom:1px solid #c9d1d9;overflow-wrap:anywhere}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px}dt{color:#5b6773}dd{margin:0}
.tiles{display:flex;flex-wrap:wrap;gap:10px;margin-bottom:16px}.tiles div{flex:1 1 130px;border:1px solid #c9d1d9;border-radius:4px;padding:10px 12px}.tiles b{display:block;font-size:24px}
.note{border:1px solid #c9d1d9;border-left:4px solid var(--accent);padding:10px 14px;color:#5b6773}footer{margin-top:40px;color:#5b6773;font-size:13px;overflow-wrap:anywhere}a{color:var(--accent)}
.logo{display:block;max-width:280px;max-height:64px;margin-bottom:14px}.small{color:#5b6773;font-size:13px}.scores{font-size:11px}.scores td,.scores th{border:1px solid #c9d1d9;padding:3px 2px;text-align:center;overflow-wrap:normal}.scores th:first-child{text-align:left;min-width:110px;font-weight:400}
.s1{background:#eef1f4}.s2{background:#dde3e8}.s3{background:#c9d1d9}.s4{background:#b3bec8}.sn{background:repeating-linear-gradient(135deg,#fff 0 3px,#e3e8ec 3px 4px)}`;

/** A report as one page that needs nothing from elsewhere and runs nothing. @param logo of its look, if it has one */
export function webPageOf(report: ReportDocument, sha256: string, logo?: LogoPicture): string {
  const view = viewOf(report, sha256);
  const { sections, intro, closing } = report.look;
  const facts: readonly (readonly string[])[] = [...view.facts, ['SHA-256 документа', sha256]];
  const body = [
    ...(logo ? [`<img class="logo" src="${dataUrl(logo)}" alt="Логотип">`] : []),
    `<header><h1>${text(view.title)}</h1><p>${text(view.period)}</p></header>`,
    `<dl>${view.parties.map(([name, value, more]) => `<dt>${text(name!)}</dt><dd><b>${text(value!)}</b><br>${text(more!)}</dd>`).join('')}</dl>`,
    ...[words(intro), ...sections.map((name) => PARTS[name](view)), words(closing)],
    `<footer><dl>${facts.map(([name, value]) => `<dt>${text(name!)}</dt><dd>${text(value!)}</dd>`).join('')}</dl>${text(view.footer)}</footer>`,
  ];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${text(`${view.title}, ${view.period}`)}</title>`;
  return `<!doctype html><html lang="ru"><head>${head}<style>:root{--accent:${view.accent}}${STYLE}</style></head><body>${body.join('\n')}</body></html>\n`;
}

const PARTS: Readonly<Record<Section, (view: ReportView) => string>> = {
  ...{ summary, planFact, posts, numbers, incidents, evidence },
  conversations: (view) => `<h2>Обращения и модерация</h2>${note(view.conversationsNote)}`,
};

function words(said: string | null): string {
  return (said ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${text(line)}</p>`)
    .join('');
}

function summary({ tiles, pages, charts }: ReportView): string {
  const boxes = tiles.map(({ name, value }) => `<div><b>${text(value)}</b>${text(name)}</div>`).join('');
  return `<h2>Общий свод</h2><div class="tiles">${boxes}</div>${table(['Сеть', 'Страница', 'Публикаций', 'Период до этого', 'Разница'], pages)}<h3>Публикации по неделям</h3>${charts.posts}`;
}

function planFact(view: ReportView): string {
  return `<h2>План и факт</h2>${table(['Требование', 'Правило', 'Срок', 'План', 'Факт', 'Не по вине', 'Состояние'], view.planFact)}`;
}

function posts(view: ReportView): string {
  const rows = view.posts.map(({ cells, url }) => {
    const [number, when, network, title, , formats, origin] = cells.map(text);
    const name = url?.startsWith('https://') ? `<a href="${text(url)}" rel="noreferrer">${title}</a>` : title!;
    return `<tr>${[number, when, network, name, formats, origin].map((one) => `<td>${one}</td>`).join('')}</tr>`;
  });
  return `<h2>Публикации</h2>${tableOf(['№', 'Дата и время', 'Сеть', 'Публикация', 'Формат', 'Кем'], rows)}`;
}

function numbers(view: ReportView): string {
  const heads = ['Сеть', 'Страница', 'Просмотры', 'Отметки', 'Комментарии', 'Репосты', 'Подписчики', 'Прирост'];
  const days = ['Сеть', 'Страница', 'В среднем', 'В начале', 'В конце', 'Дней с оценкой'];
  return [
    `<h2>Показатели страниц</h2>${view.numbersNote === null ? table(heads, view.numbers) : note(view.numbersNote)}`,
    dynamics(view),
    `<h3>Соблюдение требований к страницам по дням</h3>${view.complianceNote === null ? table(days, view.compliance) : note(view.complianceNote)}`,
    scores(view.scores),
  ].join('');
}

function dynamics({ charts, dynamics: said }: ReportView): string {
  const reach = charts.reach === null ? '' : `<h3>Охват страниц по дням</h3>${charts.reach}`;
  const engagement = charts.engagement === null ? '' : `<h3>Вовлечённость в среднем за день</h3>${charts.engagement}`;
  if (said === null) return reach + engagement;
  const heads = ['Дни', 'Охват', 'До этого', 'Разница', 'Вовлечённость', 'До этого', 'Разница', 'Дней с данными'];
  const title = 'Охват и вовлечённость в сравнении с периодом до этого';
  return `${reach}${engagement}<h3>${title}</h3>${table(heads, said.rows)}<p class="small">${text(said.note)}</p>`;
}

function scores(grid: ScoreGrid | null): string {
  if (grid === null) return '';
  const heads = ['Страница', ...grid.heads].map((head) => `<th>${text(head)}</th>`).join('');
  const rows = grid.rows.map(({ page, network, cells }) => {
    const points = cells.map(({ points: said, shade }) => `<td class="s${shade ?? 'n'}">${text(said)}</td>`).join('');
    return `<tr><th>${text(page)}<br>${text(network)}</th>${points}</tr>`;
  });
  const legend = 'Баллы по дням: чем темнее клетка, тем меньше баллов; прочерк на штриховке — оценки нет.';
  return `<div class="scroll"><table class="scores"><thead><tr>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div><p class="small">${legend}</p>`;
}

function incidents(view: ReportView): string {
  const none = view.incidents.length + view.excuses.length === 0 ? note('Отклонений за период не отмечено.') : '';
  const happened = view.incidents.length > 0 ? table(['Когда', 'Что', 'Причина', 'Завершено'], view.incidents) : '';
  const days =
    view.excuses.length > 0
      ? `<h3>Дни, за которые исполнитель не отвечает</h3>${table(['Дни', 'Причина', 'Кто и почему', 'Подтверждение'], view.excuses)}`
      : '';
  return `<h2>Отклонения и их причины</h2>${none}${happened}${days}`;
}

function evidence(view: ReportView): string {
  const parts = view.evidence.map(({ title, rows }) => `<h3>${text(title)}</h3>${table(['Когда', 'Что', 'Где', 'Учёт'], rows)}`);
  const events = view.eventsNote === null ? '' : `<h3>Мероприятия</h3>${note(view.eventsNote)}`;
  return `<h2>Подтверждения выполнения</h2>${parts.join('') || note('За период подтверждений нет.')}${events}`;
}

function note(words: string | null): string {
  return words === null ? '' : `<p class="note">${text(words)}</p>`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableOf(
    heads,
    rows.map((row) => `<tr>${row.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`),
  );
}

function tableOf(heads: readonly string[], rows: readonly string[]): string {
  return `<div class="scroll"><table><thead><tr>${heads.map((head) => `<th>${text(head)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
