import { html, type Html } from './html.js';
import { STYLE } from './style.js';
import type { Wall, WallPart, WallPost } from './wall-post.js';

const NETWORK_NAMES = { vk: 'ВКонтакте', ok: 'Одноклассники' } as const;

const MOMENT = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Moscow' });

export function indexPage(walls: readonly Wall[]): Html {
  const networks = (['vk', 'ok'] as const).map((network) => networkSection(network, walls));
  return page(
    'Песочница',
    null,
    html`<h1>Стены песочницы</h1>
      ${networks}`,
  );
}

export function wallPage(wall: Wall): Html {
  const empty = html`<p class="empty">Пока ни одной записи</p>`;
  const posts = wall.posts.length === 0 ? empty : html`${wall.posts.map(postArticle)}`;
  return page(wall.name, wall, html`${wallHeader(wall, true)}${waitingSection(wall)}${posts}`);
}

export function postPage(wall: Wall, post: WallPost): Html {
  const comments = post.comments.map(
    (comment) =>
      html`<li>
        <b>${comment.author}</b><time datetime="${comment.at.toISOString()}">${moment(comment.at)}</time>
        <p>${comment.text}</p>
      </li>`,
  );
  const section =
    comments.length === 0
      ? html``
      : html`<section class="card">
          <h2>Комментарии</h2>
          <ul class="comments">
            ${comments}
          </ul>
        </section>`;
  return page(`Запись: ${wall.name}`, wall, html`${wallHeader(wall, false)}${postArticle(post)}${section}`);
}

export function missingPage(): Html {
  return page(
    'Не найдено',
    null,
    html`<div class="card empty">
      <h1>Запись не найдена</h1>
      <p>Она удалена или ещё не опубликована.</p>
    </div>`,
  );
}

function networkSection(network: Wall['network'], walls: readonly Wall[]): Html {
  const rows = walls
    .filter((wall) => wall.network === network)
    .map(
      (wall) =>
        html`<li>
          <a href="${wall.path}"
            ><span class="avatar">${initial(wall)}</span
            ><span><b>${wall.name}</b><small>${count(wall.posts.length)}</small></span></a
          >
        </li>`,
    );
  return html`<section class="card ${network}">
    <h2>${NETWORK_NAMES[network]}</h2>
    <ul class="walls">
      ${rows}
    </ul>
  </section>`;
}

function wallHeader(wall: Wall, isTop: boolean): Html {
  const name = isTop ? html`<h1>${wall.name}</h1>` : html`<h1><a href="${wall.path}">${wall.name}</a></h1>`;
  const about = isTop && wall.description !== '' ? html`<p>${wall.description}</p>` : html``;
  return html`<header class="card head">
    <span class="avatar">${initial(wall)}</span>
    <div>${name}${about}</div>
  </header>`;
}

function waitingSection(wall: Wall): Html {
  if (wall.waiting.length === 0) return html``;
  const rows = wall.waiting.map(
    (post) => html`<li><time datetime="${post.at.toISOString()}">${moment(post.at)}</time> ${post.text.slice(0, 120)}</li>`,
  );
  return html`<details class="card waiting">
    <summary>Отложенные записи: ${rows.length}</summary>
    <ul>
      ${rows}
    </ul>
  </details>`;
}

function postArticle(post: WallPost): Html {
  const edited = post.editedAt ? html` · изменено` : html``;
  const pinned = post.pinned ? html`<p class="pinned">Запись закреплена</p>` : html``;
  const comments =
    post.comments.length === 0
      ? html``
      : html`<a class="comment-count" href="${post.permalink}">Комментарии: ${post.comments.length}</a>`;
  const time = html`<a href="${post.permalink}"><time datetime="${post.at.toISOString()}">${moment(post.at)}</time></a>`;
  return html`<article class="card">
    ${pinned}
    <div class="by"><b>${post.author}</b><small>${time}${edited}</small></div>
    ${post.parts.map(partBlock)}${comments}
  </article> `;
}

function partBlock(part: WallPart): Html {
  switch (part.kind) {
    case 'text':
      return html`<p class="text">${part.text}</p>`;
    case 'link':
      if (!/^https?:/i.test(part.url)) return html`<p class="text">${part.url}</p>`;
      return html`<a class="link" href="${part.url}" rel="noreferrer nofollow"
        ><b>${hostOf(part.url)}</b><small>${part.url}</small></a
      >`;
    case 'photos':
      return html`<div class="photos n${Math.min(part.urls.length, 3)}">
        ${part.urls.map((url) => html`<a href="${url}"><img src="${url}" alt="Фотография" loading="lazy" /></a>`)}
      </div>`;
    case 'video': {
      const state = part.processing ? html` · обрабатывается` : html``;
      return html`<p class="attachment video"><small>Видео${state}</small>▶ ${part.title}</p>`;
    }
    case 'document':
      return html`<p class="attachment"><small>Документ · ${part.about}</small><a href="${part.url}">${part.title}</a></p>`;
    case 'poll':
      return html`<div class="poll">
        <small>Опрос</small>
        <b>${part.question}</b>
        <ul>
          ${part.answers.map((answer) => html`<li>${answer}</li>`)}
        </ul>
      </div>`;
  }
}

function page(title: string, wall: Wall | null, body: Html): Html {
  const network = wall ? html`<span>${NETWORK_NAMES[wall.network]}</span>` : html``;
  return html`<!DOCTYPE html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body class="${wall?.network ?? 'index'}">
        <nav><a href="/">Песочница</a>${network}</nav>
        <main>${body}</main>
      </body>
    </html> `;
}

function moment(at: Date): string {
  return MOMENT.format(at);
}

function initial(wall: Wall): string {
  return [...wall.name][0] ?? '•';
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function count(posts: number): string {
  return posts === 0 ? 'нет записей' : `записей: ${posts}`;
}
