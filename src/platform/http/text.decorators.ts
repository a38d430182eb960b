import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches, registerDecorator } from 'class-validator';

/** No NUL (PostgreSQL can't store it), no lone surrogates, no control characters but tab and newline. */
const PRINTABLE = /^(?:[\t\n\r\x20-\x7e\u00a0-\ud7ff\ue000-\uffff]|[\ud800-\udbff][\udc00-\udfff])*$/;

/** A text of people: a string, NFC, printable, `min` to `max` UTF-16 units long. Single lines are trimmed. */
export function IsText(min: number, max: number, options: { each?: boolean; multiline?: boolean } = {}): PropertyDecorator {
  const each = { each: options.each ?? false };
  const normal = (value: unknown) =>
    typeof value === 'string' ? (options.multiline ? value.normalize('NFC') : value.normalize('NFC').trim()) : value;
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(normal) : normal(value))),
    IsString(each),
    Length(min, max, each),
    // Single lines are trimmed, so `min` says it already.
    ...(options.multiline && min > 0 ? [Matches(/\S/, { ...each, message: '$property must not be blank' })] : []),
    ...(options.each ? [] : [ApiProperty({ minLength: min, maxLength: max })]),
    Matches(PRINTABLE, { ...each, message: '$property must not contain control characters or broken Unicode' }),
  );
}

/** An IANA time zone that this server knows, such as Asia/Kamchatka. */
export function IsTimeZone(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isTimeZone',
      target: target.constructor,
      propertyName: propertyName as string,
      options: { message: '$property must be an IANA time zone such as Europe/Moscow or Asia/Kamchatka' },
      validator: { validate: (value: unknown) => typeof value === 'string' && isTimeZone(value) },
    });
}

function isTimeZone(value: string): boolean {
  // Offsets such as +03:00 are accepted by Intl but say nothing about the law of a place.
  if (!/^[A-Za-z]+(?:\/[A-Za-z_+-]+)*$/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** A calendar day, `YYYY-MM-DD`, that exists; with `each` a list of them. */
export function IsDay({ each = false }: { each?: boolean } = {}): PropertyDecorator {
  const message = each ? 'each value in $property' : '$property';
  return (target, propertyName) =>
    registerDecorator({
      name: 'isDay',
      target: target.constructor,
      propertyName: propertyName as string,
      options: { each, message: `${message} must be a calendar day such as 2026-12-31` },
      validator: { validate: isDay },
    });
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) && value >= '1900-01-01' && value < '2200-01-01';
}
