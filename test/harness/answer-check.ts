import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { content?: Record<string, { schema: object }> }>;
  readonly [extension: `x-${string}`]: unknown;
}

export interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
}

export const openApi = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as OpenApi;

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(openApi, 'openapi.json');
const validators = new Map<string, ValidateFunction>();

/** Fails when an answer is not what the committed OpenAPI document says of this route and status. */
export function checkAnswer(method: string, path: string, answer: { status: number; type: string; body: unknown }): void {
  const found = findOperation(method, path);
  if (!found) return;
  const { template, operation } = found;
  const response = operation.responses[String(answer.status)];
  if (!response)
    throw new Error(
      `${method} ${template} answered ${answer.status}, which the document does not list: ${JSON.stringify(answer.body)}`,
    );
  const media = Object.keys(response.content ?? {})[0];
  if (!media || !media.includes('json')) return;
  if (!answer.type.startsWith(media)) throw new Error(`${method} ${template} answered as ${answer.type} instead of ${media}`);
  const pointer = `openapi.json#/paths/${escape(template)}/${method.toLowerCase()}/responses/${answer.status}/content/${escape(media)}/schema`;
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: pointer });
  validators.set(pointer, validate);
  if (!validate(answer.body)) {
    throw new Error(
      `${method} ${template} ${answer.status} is not what the document says: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(answer.body)}`,
    );
  }
}

/** Those with fewer parameters first: a fixed word is not an id. */
const TEMPLATES = Object.keys(openApi.paths)
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((template) => ({ template, form: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`) }));

export function findOperation(method: string, path: string): { template: string; operation: Operation } | undefined {
  const bare = path.split('?')[0]!;
  for (const { template, form } of TEMPLATES) {
    const operation = form.test(bare) && openApi.paths[template]?.[method.toLowerCase()];
    if (operation) return { template, operation };
  }
  return undefined;
}

function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
