import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { FieldProblem } from '../errors/domain-error.js';
import { RequestInvalid } from './http.errors.js';

/** Unknown fields are refused, every wrong field is named at once, and nothing is converted by guess. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new RequestInvalid({ fields: errors.flatMap((error) => fieldProblems(error)) }),
  });
}

function fieldProblems(error: ValidationError, parent = ''): FieldProblem[] {
  const field = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((reason) => ({ field, reason }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldProblems(child, field))];
}
