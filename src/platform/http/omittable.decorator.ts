import { ValidateIf } from 'class-validator';

/** The field may be left out. Unlike `IsOptional` it may not be null: for fields whose null means nothing. */
export function IsOmittable(): PropertyDecorator {
  return ValidateIf((_, value) => value !== undefined);
}
