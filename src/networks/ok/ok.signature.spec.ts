import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { sessionSecret, signature } from './ok.signature.js';

describe('OK signature', () => {
  it('matches the published example', () => {
    const secret = sessionSecret('-s-84W-s3egarWUsbkq-IWTucuedzTKT8VUXIA.s4Xx8IW7', 'ABC123DEF456GHI789JKL123');
    expect(secret).toBe('b1a2b89707a94624c43afae67d59274c');
    expect(signature({ method: 'events.get', format: 'json', application_key: 'ABCDEFGHIGKLMNOPK' }, secret)).toBe(
      '232c8eb921951c4dba9b72606f9ddb4c',
    );
  });

  it('hashes Cyrillic as UTF-8, unescaped', () => {
    const secret = sessionSecret('tok-1', 'APPSECRET');
    expect(secret).toBe('d1b453dd9d3dd25aaa101145d4043abf');
    const params = {
      type: 'GROUP_THEME',
      method: 'mediatopic.post',
      gid: '1',
      format: 'json',
      attachment: '{"media":[{"type":"text","text":"Привет"}]}',
      application_key: 'APPKEY',
    };
    expect(signature(params, secret)).toBe('d1faaa52512bd58b7ea399686fc2cfcf');
    expect(signature({ ...params, access_token: 'tok-1', session_key: 'x', sig: 'old' }, secret)).toBe(
      'd1faaa52512bd58b7ea399686fc2cfcf',
    );
  });

  it('sorts names by bytes: capitals before an underscore before small letters', () => {
    const md5 = createHash('md5').update('B=1_=2a=3aB=4a_=5ab=6s').digest('hex');
    expect(signature({ ab: '6', a_: '5', a: '3', _: '2', aB: '4', B: '1' }, 's')).toBe(md5);
  });
});
