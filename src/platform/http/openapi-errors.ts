import type { OpenAPIObject } from '@nestjs/swagger';
import { definedErrors, type DomainErrorClass } from '../errors/domain-error.js';
import { isAboutWholeContractor, rolesWith } from './access.js';
import { FAILURES } from './fails.js';
import * as common from './http.errors.js';
import { statusOf } from './problem.filter.js';

interface Response {
  description: string;
  content?: Record<string, object>;
}

interface Operation {
  [extension: `x-${string}`]: unknown;
  summary?: string;
  requestBody?: unknown;
  parameters?: { in: string; name: string; description?: string }[];
  responses: Record<string, Response>;
  security?: unknown[];
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. `code` is stable: programs decide by it, never by `title`.',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', examples: ['urn:vestnik:problem:http.request-invalid'] },
    title: { type: 'string', description: 'What happened and what to do' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'One of the codes of this document' },
    fields: {
      type: 'array',
      description: 'Which fields are wrong, and why',
      items: {
        type: 'object',
        required: ['field', 'reason'],
        properties: { field: { type: 'string', examples: ['phones.0'] }, reason: { type: 'string' } },
      },
    },
    allowedTransitions: { type: 'array', items: { type: 'string' }, description: 'Where the object can go from here' },
    requestId: { type: 'string', description: 'Tell it to us when something is wrong' },
  },
};

/** Adds to every operation the errors that it may answer, with their codes, and the roles that may call it. */
export function describeErrors(document: OpenAPIObject): OpenAPIObject {
  const known = new Map(definedErrors().map((error) => [error.code, error]));
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as Operation[]) {
      if (typeof operation !== 'object' || !('responses' in operation)) continue;
      const codes = operation[FAILURES] as string[] | undefined;
      const own = (codes ?? []).map((code) => known.get(code)).filter((error) => error !== undefined);
      addErrors(operation, [...usual(operation), ...own]);
      addRoles(operation);
      nameSuccess(operation);
    }
  }
  const schemas = { ...document.components?.schemas, Problem: PROBLEM } as NonNullable<OpenAPIObject['components']>['schemas'];
  return { ...document, components: { ...document.components, schemas } };
}

function usual(operation: Operation): DomainErrorClass[] {
  const isPublic = operation['x-permission'] === 'public';
  const parameters = operation.parameters ?? [];
  const takes = (name: string) => parameters.some((parameter) => parameter.name === name);
  return [
    ...(operation.requestBody || parameters.length > 0 ? [common.RequestInvalid] : []),
    ...(isPublic ? [] : [common.Unauthenticated, common.Forbidden, common.TooManyRequests]),
    ...(isAboutWholeContractor(String(operation['x-permission'])) ? [common.ScopeTooNarrow] : []),
    ...(takes('If-Match') ? [common.VersionStale] : []),
    ...(takes('Idempotency-Key') && !isPublic
      ? [common.IdempotencyKeyReused, common.IdempotencyInFlight, common.IdempotencyOutcomeUnknown]
      : []),
    ...(operation.requestBody ? [common.BodyTooLarge] : []),
    common.Unavailable,
  ];
}

function addErrors(operation: Operation, errors: readonly DomainErrorClass[]): void {
  const byStatus = groupByStatus(errors);
  for (const [status, group] of byStatus) {
    operation.responses[status] = {
      description: group.map((error) => `\`${error.code}\`: ${error.summary}`).join('  \n'),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(group.map(example)),
        },
      },
    };
  }
}

function groupByStatus(errors: readonly DomainErrorClass[]): Map<number, DomainErrorClass[]> {
  const groups = new Map<number, DomainErrorClass[]>();
  for (const error of errors) groups.set(statusOf(error.kind), [...(groups.get(statusOf(error.kind)) ?? []), error]);
  return groups;
}

function example(error: DomainErrorClass): [string, object] {
  const { code, summary, kind } = error;
  const fields =
    kind === 'invalid' ? { fields: [{ field: 'name', reason: 'name must be longer than or equal to 2 characters' }] } : {};
  return [
    code,
    {
      value: {
        type: `urn:vestnik:problem:${code}`,
        title: summary,
        status: statusOf(kind),
        code,
        ...fields,
        requestId: '4f5d2c1e-req',
      },
    },
  ];
}

function addRoles(operation: Operation): void {
  const permission = operation['x-permission'];
  if (typeof permission === 'string') operation['x-roles'] = [...rolesWith(permission)];
  // An operation without security would inherit none; `[]` says so aloud.
  if (permission === 'public') operation.security = [];
}

function nameSuccess(operation: Operation): void {
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status.startsWith('2') && !response.description)
      response.description = status === '204' ? 'Done' : (operation.summary ?? 'Done');
  }
}
