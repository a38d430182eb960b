import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { JobPayload, PayloadClass } from './job.js';

/** A payload that its class refuses. Names the fields and never their values, because it ends up in logs. */
export class BadPayload extends Error {
  constructor(
    readonly definition: string,
    readonly fields: readonly string[],
  ) {
    super(`The payload of "${definition}" is refused: ${fields.join('; ')}`);
  }
}

/** @returns the payload as an instance of its class. @throws BadPayload for a missing, wrong or unknown field. */
export function checkPayload<P extends JobPayload>(definition: { name: string; payload: PayloadClass<P> }, raw: unknown): P {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new BadPayload(definition.name, ['it is not an object']);
  const payload = plainToInstance(definition.payload, raw);
  const errors = validateSync(payload, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (errors.length > 0) throw new BadPayload(definition.name, errors.flatMap(describe));
  // The tenant is what makes a job safe to run; a class that forgot to declare it can't slip through.
  if (typeof payload.contractorId !== 'string') throw new BadPayload(definition.name, ['contractorId is missing']);
  return payload;
}

function describe(error: ValidationError): string[] {
  const own = Object.keys(error.constraints ?? {}).map((rule) => `${error.property} (${rule})`);
  return own.length > 0 ? own : (error.children ?? []).flatMap(describe).map((inner) => `${error.property}.${inner}`);
}
