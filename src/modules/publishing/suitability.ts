import type { Capability } from '../../networks/network.js';
import { pollHash } from '../content/content-hash.js';
import type { MediaKind } from '../content/media.js';
import type { Post } from '../content/post.js';
import type { Page } from '../pages/page.js';

/** Why a post can't go out on a page, Russian, or undefined. Told when it is scheduled, not when it is due. */
export function unsuitable(
  post: Pick<Post, 'variants' | 'media'>,
  page: Pick<Page, 'network' | 'status' | 'capabilities'>,
): string | undefined {
  const variant = post.variants.find(({ network }) => network === page.network);
  if (!variant) return 'У поста нет текста для этой сети: добавьте вариант';
  if (page.status !== 'connected' || !page.capabilities) return 'Страница не подключена: сначала подключите её';
  const carries = (kind: MediaKind): boolean => post.media.some((one) => one.kind === kind);
  const needed: Capability[] = [
    ...(variant.text ? (['publishText'] as const) : []),
    ...(variant.link ? (['publishLink'] as const) : []),
    ...(carries('photo') ? (['publishPhoto'] as const) : []),
    ...(carries('video') ? (['publishVideo'] as const) : []),
    ...(carries('document') ? (['publishDocument'] as const) : []),
    ...(variant.poll ? (['publishPoll'] as const) : []),
  ];
  const missing = needed.find((capability) => !page.capabilities?.[capability]?.allowed);
  return missing && (page.capabilities[missing]?.reason ?? 'Ключи этой страницы не позволяют такую публикацию');
}

/**
 * Why a published post can't be changed into this on its page, Russian, or undefined.
 * @param voted hash of the poll that stands there, if one does: another one in its place would throw its votes away.
 */
export function unsuitableEdit(
  post: Pick<Post, 'variants' | 'media'>,
  page: Pick<Page, 'network' | 'status' | 'capabilities'>,
  voted: string | undefined,
): string | undefined {
  const reason = unsuitable(post, page);
  if (reason) return reason;
  const edit = page.capabilities?.edit;
  if (!edit?.allowed) return edit?.reason ?? 'Ключи этой страницы не позволяют изменять записи. Измените запись вручную';
  const poll = post.variants.find(({ network }) => network === page.network)?.poll;
  if (voted !== undefined && poll && pollHash(poll) !== voted)
    return 'В опросе уже могли голосовать: изменить его нельзя. Верните прежний опрос или уберите его';
  return undefined;
}
