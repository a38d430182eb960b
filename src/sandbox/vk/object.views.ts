import type { VkObject } from './vk.model.js';
import type { VkState } from './vk.state.js';

/** A document, video or poll as every answer shows it, be it just made or hanging on a post. */
export function objectView(state: VkState, object: VkObject, at: Date): Record<string, unknown> {
  const { id, ownerId, accessKey, title, fields } = object;
  const date = Math.floor(object.createdAt.getTime() / 1000);
  switch (object.kind) {
    case 'doc': {
      const url = `${state.publicOrigin}/doc${ownerId}_${id}`;
      return { id, owner_id: ownerId, title, ...fields, date, url, access_key: accessKey };
    }
    case 'video': {
      const processing = isProcessing(state, object, at) && { processing: 1 };
      return { id, owner_id: ownerId, title, ...fields, date, access_key: accessKey, ...processing };
    }
    case 'poll':
      return { id, owner_id: ownerId, question: title, ...fields, created: date };
  }
}

/** A video can be attached as soon as its file is there, and be watched only later. */
export function isProcessing(state: VkState, { kind, arrivedAt }: VkObject, at: Date): boolean {
  if (kind !== 'video' || arrivedAt === null) return false;
  return arrivedAt.getTime() + state.settings.videoProcessingMs > at.getTime();
}
