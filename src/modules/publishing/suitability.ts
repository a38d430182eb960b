import type { Capability } from '../../networks/network.js';
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
