import { describe, expect, it } from '@jest/globals';
import { IsInt, IsOptional, IsUUID } from 'class-validator';
import { BadPayload, checkPayload } from './payload.js';

const CONTRACTOR = '0197c0a0-0000-7000-8000-000000000001';

class Payload {
  @IsUUID() contractorId!: string;
  @IsInt() fence!: number;
  @IsOptional() @IsInt() page?: number;
}
class Forgetful {
  @IsInt() fence!: number;
  contractorId!: string;
}
const definition = { name: 'a.b', payload: Payload };

describe('A payload', () => {
  it('becomes an instance of its class', () => {
    const payload = checkPayload(definition, { contractorId: CONTRACTOR, fence: 1 });
    expect(payload).toBeInstanceOf(Payload);
    expect(payload).toEqual({ contractorId: CONTRACTOR, fence: 1 });
  });

  it.each([
    ['an unknown field', { contractorId: CONTRACTOR, fence: 1, text: 'x' }, 'text (whitelistValidation)'],
    ['a missing field', { contractorId: CONTRACTOR }, 'fence (isInt)'],
    ['a wrong type', { contractorId: CONTRACTOR, fence: '1' }, 'fence (isInt)'],
    ['no tenant', { fence: 1 }, 'contractorId (isUuid)'],
    ['nothing', null, 'not an object'],
    ['a list', [], 'not an object'],
  ])('with %s is refused', (_, raw, reason) => {
    expect(() => checkPayload(definition, raw)).toThrow(BadPayload);
    expect(() => checkPayload(definition, raw)).toThrow(reason);
  });

  it('is refused without naming values', () => {
    expect(() => checkPayload(definition, { contractorId: 'a secret', fence: 1 })).toThrow(/^(?!.*secret)/);
  });

  it('needs a tenant even when its class does not declare one', () => {
    expect(() => checkPayload({ name: 'a.b', payload: Forgetful }, { fence: 1 })).toThrow('contractorId is missing');
  });
});
