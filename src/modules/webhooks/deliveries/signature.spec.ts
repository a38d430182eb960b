import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { signedHeaders } from './signature.js';

const OLD = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NEW = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const BODY = '{"type":"webhook.test","город":"Елизово"}';

describe('signatures of deliveries', () => {
  const at = new Date();
  const headers = signedHeaders({ id: '019b76da-a800-7000-8000-000000000051', at, body: BODY }, [NEW, OLD]);

  it.each([OLD, NEW])('are accepted by the public verifier with either secret', (secret) => {
    expect(new Webhook(secret).verify(BODY, headers)).toEqual(JSON.parse(BODY));
  });

  it('are refused for another body, another id or another secret', () => {
    const verify = (secret: string, body: string, more: object = {}) => new Webhook(secret).verify(body, { ...headers, ...more });
    expect(() => verify(NEW, `${BODY} `)).toThrow();
    expect(() => verify(NEW, BODY, { 'webhook-id': '019b76da-a800-7000-8000-000000000052' })).toThrow();
    expect(() => verify(`whsec_${Buffer.alloc(32, 6).toString('base64')}`, BODY)).toThrow();
  });

  it('are those of the convention’s own example', () => {
    const message = {
      ...{ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' },
    };
    expect(signedHeaders(message, [OLD])['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});
