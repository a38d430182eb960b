import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContractWorld, aRequest } from './contract-world.js';
import { aPicture } from './pictures.js';
import { BOTH } from './sides.js';

describe('what may be read on the way', () => {
  const ledgerFile = join(mkdtempSync(join(tmpdir(), 'contract-')), 'ledger.jsonl');
  const outcomes: unknown[] = [];
  let world: ContractWorld;
  let secrets: string[];

  /** Every call of both adapters, well and ill. */
  beforeAll(async () => {
    world = await ContractWorld.start({ ledgerFile });
    const photo = await aPicture('image/jpeg');
    for (const { name } of BOTH) {
      const side = world.side(name);
      const { network, page, credentials, next, publishing } = side;
      const request = aRequest(side);
      const uploaded = await network.uploadPhoto(page, credentials, photo);
      const photos = uploaded.kind === 'done' ? [uploaded.value] : [];
      outcomes.push(await network.checkCredentials(page, credentials), await network.describePage(page, credentials), uploaded);
      outcomes.push(await network.publish({ ...request, content: { text: 'Фото', photos } }));
      const published = await network.publish({ ...request, marker: 'intent-2' });
      outcomes.push(published, await network.find({ ...request, from: new Date(0), to: world.clock.now() }));
      if (published.kind === 'published') outcomes.push(await network.delete(page, credentials, published.externalId));
      next(publishing).rejects(5, { message: `bad token ${credentials['communityToken'] ?? credentials['accessToken']}` });
      next(publishing).failsBefore(500);
      next(publishing).redirects('http://127.0.0.1:9/');
      for (let play = 0; play < 3; play += 1) outcomes.push(await network.publish({ ...request, marker: `play-${play}` }));
    }
    secrets = BOTH.flatMap(({ name }) => Object.entries(world.side(name).credentials))
      .filter(([kind]) => kind !== 'applicationKey')
      .map(([, secret]) => secret);
  });
  afterAll(async () => {
    await world.stop();
    rmSync(dirname(ledgerFile), { recursive: true });
  });

  it('took every call: ten of each network', () => {
    expect(outcomes).toHaveLength(20);
    expect(secrets).toHaveLength(5);
  });

  it('no secret stands in an address or a header', () => {
    expect(world.received).toBeGreaterThan(30);
    for (const { url, headers } of world.arrivals)
      for (const secret of secrets) {
        expect(url).not.toContain(encodeURIComponent(secret));
        expect(headers).not.toContain(secret);
      }
  });

  it('addresses carry no parameters at all', () => {
    expect(world.arrivals.filter(({ url }) => url.includes('?'))).toEqual([]);
  });

  it('no secret stands in what the adapters answer, nor in the ledger of the network', () => {
    const answers = JSON.stringify(outcomes);
    const ledger = readFileSync(ledgerFile, 'utf8');
    for (const secret of secrets) {
      expect(answers).not.toContain(secret);
      expect(ledger).not.toContain(secret);
    }
  });

  it('each call carries one token, and OK’s secret key is never sent', () => {
    const { applicationSecret } = world.sandbox.credentials.ok;
    const tokens = secrets.filter((secret) => secret !== applicationSecret);
    const calls = world.forms.filter((form) => form !== '{}');
    expect(calls.length).toBeGreaterThan(25);
    for (const form of calls) {
      expect(form).not.toContain(applicationSecret);
      expect(tokens.filter((token) => form.includes(token))).toHaveLength(1);
    }
  });
});
