import type { Collection } from '../collection.js';
import { acceptances, acts, payments } from './acceptance.js';
import { audit } from './audit.js';
import { posts } from './content.js';
import { contracts, stages } from './contracts.js';
import { pageNumbers, postNumbers } from './metrics.js';
import { publications } from './publishing.js';
import { reports } from './reports.js';

/** Every list that other systems can read by change. */
export const COLLECTIONS: readonly Collection[] = [
  ...[posts, publications, postNumbers, pageNumbers],
  ...[contracts, stages, acceptances, acts, payments],
  ...[reports, audit],
];

export const COLLECTION_NAMES: readonly string[] = COLLECTIONS.map(({ name }) => name);

export function collectionNamed(name: string): Collection | undefined {
  return COLLECTIONS.find((one) => one.name === name);
}
