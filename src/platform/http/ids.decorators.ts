import { Param, type PipeTransform } from '@nestjs/common';
import { RequestInvalid } from './http.errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

class IdPipe implements PipeTransform<string, string> {
  constructor(private readonly name: string) {}

  transform(value: string): string {
    if (!UUID.test(value)) throw new RequestInvalid({ fields: [{ field: this.name, reason: `${this.name} must be a UUID` }] });
    return value.toLowerCase();
  }
}

/** A path parameter that is the id of an object. */
export function Id(name: string): ParameterDecorator {
  return Param(name, new IdPipe(name));
}
