import { describe, expect, it } from '@jest/globals';
import { createLogger, PinoLogger } from './logger.js';

function logging(): { logger: PinoLogger; lines: () => Record<string, unknown>[] } {
  const written: string[] = [];
  const pino = createLogger('debug', { write: (line: string) => void written.push(line) });
  return { logger: new PinoLogger(pino), lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it.each([
    'password',
    'token',
    'accessToken',
    'refreshToken',
    'apiKey',
    'secret',
    'credentials',
    'authorization',
    'email',
    'phones',
    'text',
    'sealed',
  ])('never shows a field called %s, at any depth that our objects have', (field) => {
    const { logger, lines } = logging();
    logger.log({ [field]: 'CANARY', of: { [field]: 'CANARY', deeper: { [field]: 'CANARY' } } }, 'a fact');
    expect(JSON.stringify(lines())).not.toContain('CANARY');
    expect(lines()[0]).toMatchObject({ msg: 'a fact', [field]: '[redacted]' });
  });

  it('keeps of a database error its name, code and stack, never the row or the parameters', () => {
    const { logger, lines } = logging();
    const error = Object.assign(new Error('duplicate key value violates unique constraint "members_email"'), {
      ...{
        code: '23505',
        detail: 'Key (email)=(CANARY) already exists.',
        parameters: ['CANARY'],
        query: 'insert CANARY',
        driverError: { detail: 'CANARY' },
      },
    });
    logger.error({ requestId: 'r', err: error }, 'unexpected error');
    expect(JSON.stringify(lines())).not.toContain('CANARY');
    expect(lines()[0]).toMatchObject({ requestId: 'r', err: { code: '23505' } });
  });

  it('writes one line per fact, whatever the fact says', () => {
    const { logger, lines } = logging();
    logger.warn('first\n{"level":60,"msg":"forged"}\u001b[31m', 'somewhere');
    expect(lines()).toHaveLength(1);
    expect(lines()[0]).toMatchObject({ context: 'somewhere' });
  });

  it('understands the ways in which Nest calls it', () => {
    const { logger, lines } = logging();
    logger.log('started', 'NestFactory');
    logger.error('failed', 'Error: at line 1', 'Injector');
    logger.error(new Error('thrown'));
    expect(lines().map(({ msg, context }) => [msg, context])).toEqual([
      ['started', 'NestFactory'],
      ['failed', 'Injector'],
      ['thrown', undefined],
    ]);
  });
});
