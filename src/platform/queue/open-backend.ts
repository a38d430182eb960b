import type { QueueBackend } from './backend.js';
import { PostgresQueueBackend } from './postgres-backend.js';
import { RedisQueueBackend } from './redis-backend.js';
import type { QueueSettings } from './settings.js';

/** As many calls of the queue at once as a busy process makes. */
const SPARE_CONNECTIONS = 8;

/** The backend that the URL names. Opens no connection yet. @throws Error for a scheme that is neither. */
export function openBackend(settings: QueueSettings, lanes: number): QueueBackend {
  const scheme = settings.queueUrl.slice(0, settings.queueUrl.indexOf(':'));
  if (scheme === 'postgres' || scheme === 'postgresql') {
    return new PostgresQueueBackend(settings.queueUrl, lanes + (settings.spareConnections ?? SPARE_CONNECTIONS));
  }
  if (scheme === 'redis' || scheme === 'rediss') return new RedisQueueBackend(settings.queueUrl, settings.prefix ?? 'vestnik');
  throw new Error(`QUEUE_URL must begin with postgres://, redis:// or rediss://, not "${scheme}:"`);
}
