import { type ArgumentMetadata, Injectable, ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldProblem } from '../errors/domain-error.js';
import { RequestInvalid } from './http.errors.js';

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
    if (metadata.type !== 'custom') {
      const fields = inheritedNames(value).map((field) => ({ field, reason: `property ${field} should not exist` }));
      if (fields.length > 0) throw new RequestInvalid({ fields });
    }
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** Names that every object has already, such as `constructor`: class-transformer drops them without a word. */
function inheritedNames(value: unknown, parent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const field = parent ? `${parent}.${name}` : name;
    return name in Object.prototype || name === 'prototype' ? [field] : inheritedNames(part, field);
  });
}

function fieldProblems(error: ValidationError, parent = ''): FieldProblem[] {
  const field = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((reason) => ({ field, reason }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldProblems(child, field))];
}
