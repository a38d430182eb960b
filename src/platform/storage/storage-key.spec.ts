import { describe, expect, it } from '@jest/globals';
import { keyPrefix, ownKey, storageKey } from './storage-key.js';
import { KeyRefused } from './storage.errors.js';

const CONTRACTOR = '0198c0de-0000-7000-8000-00000000000a';
const OTHER = '0198c0de-0000-7000-8000-00000000000b';
const CLIENT = '0198c0de-0000-7000-8000-0000000000c1';
const ID = '0198c0de-1111-7000-8000-000000000001';
const HOME = `t/${CONTRACTOR}/${CLIENT}`;

/** Forms of "somewhere else" that storages, proxies and file systems are known to have fallen for. */
const HOSTILE_KEYS = [
  '',
  '/',
  '.',
  '..',
  'etc/passwd',
  '/etc/passwd',
  '../../etc/passwd',
  'C:\\Windows\\win.ini',
  '\\\\host\\share\\x',
  'file:///etc/passwd',
  `${HOME}`,
  `${HOME}/`,
  `${HOME}/../${ID}.photo.jpg`,
  `${HOME}/../../${OTHER}/-/${ID}.photo.jpg`,
  `${HOME}/../../../.incoming/${ID}.photo.jpg`,
  `${HOME}/./${ID}.photo.jpg`,
  `${HOME}//${ID}.photo.jpg`,
  `/${HOME}/${ID}.photo.jpg`,
  `./${HOME}/${ID}.photo.jpg`,
  `${HOME}/..%2f..%2f${OTHER}/-/${ID}.photo.jpg`,
  `${HOME}/%2e%2e/${ID}.photo.jpg`,
  `${HOME}/%2e%2e%2f${ID}.photo.jpg`,
  `${HOME}/%252e%252e%252f${ID}.photo.jpg`,
  `${HOME}/..%c0%af${ID}.photo.jpg`,
  `${HOME}/..\u2215${ID}.photo.jpg`,
  `${HOME}/\uff0e\uff0e\uff0f${ID}.photo.jpg`,
  `${HOME}/..\\${ID}.photo.jpg`,
  `${HOME}\\${ID}.photo.jpg`,
  `${HOME}/....//${ID}.photo.jpg`,
  `${HOME}/..;/${ID}.photo.jpg`,
  `${HOME}/${ID}.photo.jpg/`,
  `${HOME}/${ID}.photo.jpg/..`,
  `${HOME}/${ID}.photo.jpg/../x`,
  `${HOME}/${ID}.photo.jpg\0`,
  `${HOME}/${ID}\0.photo.jpg`,
  `${HOME}/${ID}.photo.jpg%00.png`,
  `${HOME}/${ID}.photo.jpg\n`,
  `${HOME}/${ID}.photo.jpg\r\nx: y`,
  `${HOME}/${ID}.photo.jpg?versionId=1`,
  `${HOME}/${ID}.photo.jpg#x`,
  `${HOME}/${ID}..photo.jpg`,
  `${HOME}/${ID}.photo.`,
  `${HOME}/${ID}.photo.jpg:stream`,
  `${HOME}/${ID}.photo jpg`,
  `${HOME}/~${ID}.photo.jpg`,
  `${HOME}/$(id)${ID}.photo.jpg`,
  `${HOME}/${ID}.PHOTO.JPG`,
  `${HOME}/${'a'.repeat(4_096)}.photo.jpg`,
  `${HOME.toUpperCase()}/${ID}.photo.jpg`,
  `T/${CONTRACTOR}/-/${ID}.photo.jpg`,
  `t/${CONTRACTOR}${OTHER}/-/${ID}.photo.jpg`,
  `t/${OTHER}/${CLIENT}/${ID}.photo.jpg`,
  `t/${OTHER}/../${CONTRACTOR}/-/${ID}.photo.jpg`,
  `t/*/-/${ID}.photo.jpg`,
  `t/${CONTRACTOR}/*/${ID}.photo.jpg`,
  `t/${CONTRACTOR}/--/${ID}.photo.jpg`,
  ` t/${CONTRACTOR}/-/${ID}.photo.jpg`,
  `\ufefft/${CONTRACTOR}/-/${ID}.photo.jpg`,
  `x\nt/${CONTRACTOR}/-/${ID}.photo.jpg`,
];

describe('a storage key', () => {
  it('begins with its contractor and its client', () => {
    expect(storageKey(CONTRACTOR, CLIENT, ID, 'photo.jpg')).toBe(`t/${CONTRACTOR}/${CLIENT}/${ID}.photo.jpg`);
  });

  it('has a dash for the client when it belongs to the contractor alone', () => {
    expect(storageKey(CONTRACTOR, null, 'Zm9vYmFyYmF6cXV1eA_-', 'export.tar.gz')).toBe(
      `t/${CONTRACTOR}/-/Zm9vYmFyYmF6cXV1eA_-.export.tar.gz`,
    );
  });

  it('is admitted again by its own contractor', () => {
    const key = storageKey(CONTRACTOR, CLIENT, ID, 'photo.jpg');
    expect(ownKey(CONTRACTOR, key)).toBe(key);
  });

  it.each([
    ['of another contractor', OTHER],
    ['of an empty contractor', ''],
    ['of part of a contractor', CONTRACTOR.slice(0, 8)],
    ['of the contractor in capitals', CONTRACTOR.toUpperCase()],
  ])('is refused in the name %s', (_, contractorId) => {
    expect(() => ownKey(contractorId, storageKey(CONTRACTOR, CLIENT, ID, 'photo.jpg'))).toThrow(KeyRefused);
  });

  it.each([
    ['contractor', () => storageKey('../etc', CLIENT, ID, 'photo.jpg')],
    ['client', () => storageKey(CONTRACTOR, '..', ID, 'photo.jpg')],
    ['short id', () => storageKey(CONTRACTOR, CLIENT, '1', 'photo.jpg')],
    ['id with a slash', () => storageKey(CONTRACTOR, CLIENT, `${ID}/..`, 'photo.jpg')],
    ['empty name', () => storageKey(CONTRACTOR, CLIENT, ID, '')],
    ["user's file name", () => storageKey(CONTRACTOR, CLIENT, ID, 'Фото 1.JPG')],
    ['name that goes up', () => storageKey(CONTRACTOR, CLIENT, ID, '../photo.jpg')],
  ])('is not built from a bad %s', (_, build) => {
    expect(build).toThrow(KeyRefused);
  });
});

describe('a hostile key', () => {
  it.each(HOSTILE_KEYS.map((key) => [JSON.stringify(key).slice(0, 120), key]))('is refused: %s', (_, key) => {
    expect(() => ownKey(CONTRACTOR, key)).toThrow(KeyRefused);
  });

  it('is refused when it is not even text', () => {
    expect(() => ownKey(CONTRACTOR, [`${HOME}/${ID}.photo.jpg`] as unknown as string)).toThrow(KeyRefused);
  });

  it('does not appear in the message, which goes to the log', () => {
    expect(new KeyRefused().message).not.toContain('t/');
  });
});

describe('a key prefix', () => {
  it.each([
    ['the contractor', undefined, `t/${CONTRACTOR}/`],
    ['one client', CLIENT, `t/${CONTRACTOR}/${CLIENT}/`],
    ['no client', null, `t/${CONTRACTOR}/-/`],
  ])('covers %s', (_, clientId, prefix) => {
    expect(keyPrefix(CONTRACTOR, clientId)).toBe(prefix);
  });

  it.each(['', '..', '*', `${CONTRACTOR}/..`])('is not made for %j', (bad) => {
    expect(() => keyPrefix(bad)).toThrow(KeyRefused);
    expect(() => keyPrefix(CONTRACTOR, bad)).toThrow(KeyRefused);
  });
});
