import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { DomainErrorClass } from '../errors/domain-error.js';

export const FAILURES = 'x-errors';

/** The errors, beside the usual ones, that a route may answer; listed in the OpenAPI document. */
export function Fails(...errors: DomainErrorClass[]): MethodDecorator {
  return applyDecorators(
    ApiExtension(
      FAILURES,
      errors.map((error) => error.code),
    ),
  );
}
