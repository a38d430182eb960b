import type { Network, NetworkName } from '../../networks/network.js';
import type { FieldProblem } from '../../platform/errors/domain-error.js';
import type { Variant } from './post.js';

/** What the networks' limits say about a post, by field; checked when it is written, not when it is due. */
export function limitProblems(
  variants: readonly Variant[],
  photoCount: number,
  networkOf: (name: NetworkName) => Network,
): FieldProblem[] {
  return variants.flatMap((variant, i) => {
    const { title, limits, countText } = bound(networkOf(variant.network));
    const length = countText(variant.text);
    const problems: FieldProblem[] = [];
    if (length > limits.textLength) {
      problems.push({
        field: `variants.${i}.text`,
        reason: `${title}: ${length} characters of ${limits.textLength} allowed; shorten the text`,
      });
    }
    if (variant.text.trim() === '' && photoCount === 0 && variant.link === null) {
      problems.push({ field: `variants.${i}.text`, reason: `${title}: a post needs a text, a link or a photo` });
    }
    if (photoCount > limits.photos) problems.push({ field: 'mediaIds', reason: `${title}: at most ${limits.photos} photos` });
    if (photoCount + (variant.link === null ? 0 : 1) > limits.attachments) {
      problems.push({
        field: `variants.${i}.link`,
        reason: `${title}: the link takes the place of a photo; at most ${limits.attachments} together`,
      });
    }
    return problems;
  });
}

function bound(network: Network): Pick<Network, 'title' | 'limits' | 'countText'> {
  return { title: network.title, limits: network.limits, countText: (text) => network.countText(text) };
}
