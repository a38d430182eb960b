import { describe, expect, it } from '@jest/globals';
import { Reflector } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Unauthenticated } from './http.errors.js';

const answerTo = (error: unknown, user: object | false): unknown => {
  try {
    return new AccessGuard(new Reflector()).handleRequest(error, user);
  } catch (thrown) {
    return thrown;
  }
};

describe('who calls', () => {
  it('is unknown when no token proves it', () => {
    expect(answerTo(null, false)).toBeInstanceOf(Unauthenticated);
  });

  it('can’t be told while the database can’t be asked: that is passed on and is no wrong token', () => {
    const away = { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' };
    expect(answerTo(away, false)).toBe(away);
  });
});
