import { describe, expect, it } from '@jest/globals';
import { IDENTITY_DEFAULTS } from './identity.settings.js';
import { Passwords } from './passwords.service.js';

const passwords = new Passwords({ ...IDENTITY_DEFAULTS, accessTokenSecret: '' });

describe('a password', () => {
  it('is kept as argon2id at OWASP’s floor, another hash each time', async () => {
    const hashes = await Promise.all([passwords.hash('тайна'), passwords.hash('тайна')]);
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('opens what was made with it, and nothing else', async () => {
    const stored = await passwords.hash('тайна');
    expect(await Promise.all(['тайна', 'Тайна', ''].map((one) => passwords.match(stored, one)))).toEqual([true, false, false]);
  });

  it('opens no login that does not exist, not even with the password of nobody', async () => {
    expect(await passwords.match(undefined, 'nobody has this password')).toBe(false);
  });

  it('waits for its turn when many are checked at once', async () => {
    const stored = await passwords.hash('тайна');
    const checked = await Promise.all(Array.from({ length: 12 }, (_, i) => passwords.match(stored, i % 2 ? 'тайна' : 'другая')));
    expect(checked).toEqual(Array.from({ length: 12 }, (_, i) => i % 2 === 1));
  });
});
