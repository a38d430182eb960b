import { IsUUID } from 'class-validator';
import { defineJob, defineLane, defineTimer, type EventDefinition, type JobDefinition } from '../../../platform/queue/job.js';
import { SOURCES, translate } from '../events/translations.js';
import { webhookEndpointDisabled } from '../events/webhooks.events.js';

export class SendWebhooks {
  @IsUUID() contractorId: string;
  @IsUUID() endpointId: string;
}

/** A burst of events must not keep other modules' jobs waiting. */
const NOTES = defineLane({ name: 'webhookNotes', concurrency: 4 });
/** Endpoints are slow: most of these jobs wait for somebody else's server. */
const SENDS = defineLane({ name: 'webhooks', concurrency: 40 });
/** Those that fail, or let one wait, share places of their own: however many they are, they take none from those that answer at once. */
const TROUBLED = defineLane({ name: 'webhooksTroubled', concurrency: 20 });

/** One for each fact that is told: `webhooks.note.publication.moved`. */
export const NOTE_DEFINITIONS: readonly JobDefinition<never>[] = SOURCES.map((source) => {
  const on = source as EventDefinition;
  return defineJob({
    ...{ name: `webhooks.note.${on.name}`, on, policy: { attempts: 20, backoffMs: 1_000, timeoutMs: 60_000, lane: NOTES } },
    when: (payload) => translate(on.name, { ...payload }) !== undefined,
  }) as unknown as JobDefinition<never>;
});

/** Sends what is due for one endpoint; the round rings again for what is left. */
export const sendJob = defineJob({
  ...{ name: 'webhooks.send', payload: SendWebhooks },
  policy: { attempts: 1, backoffMs: 1_000, timeoutMs: 60_000, lane: SENDS },
});

/** As `sendJob`, for an endpoint that failed or was slow at the last try. */
export const sendTroubledJob = defineJob({
  ...{ name: 'webhooks.sendTroubled', payload: SendWebhooks },
  policy: { attempts: 1, backoffMs: 1_000, timeoutMs: 60_000, lane: TROUBLED },
});

export const webhooksTimer = defineTimer({ name: 'webhooks.dispatch', everyMs: 2_000 });

export const webhookHousekeeping = defineTimer({ name: 'webhooks.housekeeping', everyMs: 3_600_000 });

/** Everything that this module's workers handle, and what it tells. */
export const WEBHOOK_DEFINITIONS = [
  ...[...NOTE_DEFINITIONS, sendJob, sendTroubledJob],
  ...[webhooksTimer, webhookHousekeeping, webhookEndpointDisabled],
];
