import type { OpenAPIObject } from '@nestjs/swagger';

/** A call that this system makes to a customer's server. */
export interface DescribedWebhook {
  readonly name: string;
  readonly summary: string;
  /** JSON Schema of the body. */
  readonly schema: object;
}

const described = new Map<string, DescribedWebhook>();

/** Puts a call into the section `webhooks` of the document; its owner says so when it is loaded. */
export function describeWebhook(webhook: DescribedWebhook): void {
  described.set(webhook.name, webhook);
}

const HEADERS = [
  ['webhook-id', 'The id of the event; the same in every try and every replay, so that you can tell repetitions'],
  ['webhook-timestamp', 'When this try was signed, seconds since 1970; refuse what is older than five minutes'],
  ['webhook-signature', '`v1,<base64>`, several of them after blanks while secrets are exchanged: one that fits is enough'],
].map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }));

const RESPONSES = {
  '2XX': { description: 'You have it. Answer within 15 seconds, and do the work afterwards' },
  '410': { description: 'You do not want anything any more: the endpoint is disabled' },
  default: { description: 'Anything else, also a redirect: it is sent again later' },
};

/** @returns the document with everything that was described */
export function addWebhooks(document: OpenAPIObject): OpenAPIObject {
  const webhooks = Object.fromEntries([...described.values()].map((webhook) => [webhook.name, { post: operation(webhook) }]));
  return { ...document, webhooks } as OpenAPIObject;
}

function operation({ name, summary, schema }: DescribedWebhook): object {
  return {
    operationId: `webhook ${name}`.replaceAll(/[ .](\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary,
    parameters: HEADERS,
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: RESPONSES,
    security: [],
  };
}
