import { Injectable } from '@nestjs/common';
import type { NetworkName } from '../../networks/network.js';
import type { Tx } from '../../platform/database/work.js';
import type { MediaKind } from './media.js';
import { PostStore } from './post.store.js';

/** What a version of a post carries on one network, and how it is called. */
export interface PostMakeup {
  readonly title: string;
  readonly formats: readonly (MediaKind | 'poll' | 'link')[];
}

export interface VariantKey {
  readonly postId: string;
  readonly postVersion: number;
  readonly network: NetworkName;
}

/** What posts are made of, for the modules above that count formats. */
@Injectable()
export class PostFormats {
  constructor(private readonly posts: PostStore) {}

  /** By `keyOf`. */
  async of(tx: Tx, contractorId: string, variants: readonly VariantKey[]): Promise<ReadonlyMap<string, PostMakeup>> {
    if (variants.length === 0) return new Map();
    const rows = await this.posts.makeup(tx, contractorId, variants);
    return new Map(
      rows.map(({ title, kinds, hasPoll, hasLink, ...key }) => {
        const formats = [...kinds, ...(hasPoll ? (['poll'] as const) : []), ...(hasLink ? (['link'] as const) : [])];
        return [PostFormats.keyOf(key), { title, formats }];
      }),
    );
  }

  static keyOf({ postId, postVersion, network }: VariantKey): string {
    return `${postId} ${postVersion} ${network}`;
  }
}
