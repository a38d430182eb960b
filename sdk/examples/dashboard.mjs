// @ts-check
// A director's dashboard from the API alone: where the money is, who is late, what comes next. Prints an HTML page.
//
//   VESTNIK_URL=https://api.vestnik.example VESTNIK_KEY=… node examples/dashboard.mjs > dashboard.html
//
// The key needs the scopes clients.read, portfolio.read and deadlines.read.
import { answerOf, createVestnik, everyItem } from '@vestnik/client';

const { VESTNIK_URL: baseUrl, VESTNIK_KEY: apiKey } = process.env;
if (!baseUrl || !apiKey) throw new Error('Set VESTNIK_URL and VESTNIK_KEY');
const vestnik = createVestnik({ baseUrl, apiKey });

const MONEY = /** @type {const} */ ([
  ['plannedKopecks', 'в работе'],
  ['submittedKopecks', 'сдано'],
  ['acceptedKopecks', 'принято'],
  ['invoicedKopecks', 'выставлено'],
  ['paidKopecks', 'оплачено'],
  ['atRiskKopecks', 'под риском'],
]);
const SOON = 10;

/** @type {Map<string, string>} */
const clients = new Map();
for await (const client of everyItem((cursor) => vestnik.GET('/v1/clients', { params: { query: { cursor, limit: 100 } } }))) {
  clients.set(client.id, client.shortName ?? client.name);
}
const portfolio = await answerOf(vestnik.GET('/v1/portfolio'));
const { data: next } = await answerOf(vestnik.GET('/v1/deadlines', { params: { query: { state: 'open', limit: SOON } } }));

process.stdout.write(`<!doctype html>
<html lang="ru"><meta charset="utf-8"><title>Портфель договоров</title>
<h1>Договоров: ${portfolio.contracts}, на ${rubles(portfolio.priceKopecks)}</h1>
${bars()}
<h2>Кто опаздывает</h2>
<ul>${portfolio.late.map((late) => `<li>${late.waitingFor === 'client' ? 'заказчик' : 'подрядчик'}: ${late.count}, с ${date(late.since)}`).join('') || '<li>никто'}</ul>
<h2>Ближайшие сроки</h2>
<table>${next.map((row) => `<tr><td>${date(row.dueOn)}${row.provisional ? '*' : ''}<td>${text(clients.get(row.clientId) ?? '')}<td>${text(row.title)}`).join('')}</table>
<p>* дата предварительная: производственный календарь ещё не утверждён
</html>
`);

function bars() {
  const largest = Math.max(1, ...MONEY.map(([name]) => portfolio.money[name]));
  const row = (/** @type {readonly [keyof typeof portfolio.money, string]} */ [name, caption], /** @type {number} */ place) => {
    const kopecks = portfolio.money[name];
    return `<text x="0" y="${place * 28 + 18}">${caption}</text>
<rect x="110" y="${place * 28 + 4}" width="${(kopecks / largest) * 400}" height="20" fill="#345"/>
<text x="520" y="${place * 28 + 18}">${rubles(kopecks)}</text>`;
  };
  return `<svg width="760" height="${MONEY.length * 28}" role="img" aria-label="Деньги по состоянию">${MONEY.map(row).join('')}</svg>`;
}

/** @param {number} kopecks */
function rubles(kopecks) {
  return new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB' }).format(kopecks / 100);
}

/** @param {string} day */
function date(day) {
  return day.split('-').reverse().join('.');
}

/** What people wrote is text, never markup. @param {string} words */
function text(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
