import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldProblem } from '../errors/domain-error.js';
import { RequestInvalid } from './http.errors.js';

/** With the flag `u` only halves that have lost the other match. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Unknown fields are refused, every wrong field is named at once, and nothing is converted by guess. */
export function requestValidation(): ValidationPipe {
  return new RequestValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new RequestInvalid({ fields: errors.flatMap((error) => fieldProblems(error)) }),
  });
}

@Injectable()
class RequestValidation extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const fields = metadata.type === 'custom' ? [] : [...shapeProblem(value, metadata), ...unreadable(value)];
    if (fields.length > 0) throw new RequestInvalid({ fields });
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** No body, `null`, or a body of another kind than JSON would be taken for `{}` where every field may be left out. */
function shapeProblem(value: unknown, { type }: ArgumentMetadata): FieldProblem[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return type === 'body' && !isObject ? [{ field: 'body', reason: 'the body must be a JSON object' }] : [];
}

/**
 * Names that every object has already, such as `constructor`: class-transformer drops them without a word. And broken
 * Unicode: validators throw at it, and everything that encodes it makes another text of it.
 */
function unreadable(value: unknown, parent = ''): FieldProblem[] {
  if (typeof value === 'string' && LONE_SURROGATE.test(value))
    return [{ field: parent, reason: `${parent} holds broken Unicode` }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const field = parent ? `${parent}.${name}` : name;
    const reserved = name in Object.prototype || name === 'prototype';
    return reserved ? [{ field, reason: `property ${field} should not exist` }] : unreadable(part, field);
  });
}

function fieldProblems(error: ValidationError, parent = ''): FieldProblem[] {
  const field = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((reason) => ({ field, reason }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldProblems(child, field))];
}
