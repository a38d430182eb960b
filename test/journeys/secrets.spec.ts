import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency, vkCredentials } from '../builders/agency.js';
import { logIn, PASSWORD } from '../builders/people.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import { Harness } from '../harness/harness.js';

describe('what must never be seen', () => {
  let harness: Harness;
  let agency: Agency;
  const log: string[] = [];

  beforeAll(async () => {
    harness = await Harness.start({ log: (line) => log.push(line) });
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  it('stays out of the log through the whole story and its failures', async () => {
    const text = 'Текст поста, который в журнале не нужен';
    const post = await anApprovedPost(agency, { text, photos: 1 });
    harness.sandbox.vk.next('wall.post').acceptsThenFails(502);
    harness.sandbox.ok.next('mediatopic.post').rejects(102);
    await schedule(agency, post, new Date(harness.clock.now().getTime() + 60_000));
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const credentials = vkCredentials(harness, agency.vkGroupId);
    await agency.owner.api.put(`/v1/pages/${agency.vkPage.id}/connection`, { credentials });
    const { tokens } = await logIn(harness.api, agency.owner.email, agency.contractorId);
    await harness.api.post('/v1/sessions', { email: agency.owner.email, password: 'a wrong password' });
    // A failure of the database itself, whose details hold the row.
    await harness.sql('alter table clients add constraint planted check (false) not valid');
    const failed = await agency.owner.api.patch(
      `/v1/clients/${agency.client.id}`,
      { address: 'Тайный адрес, 1' },
      { unchecked: true },
    );
    expect(failed.status).toBe(500);
    expect(JSON.stringify(failed.body)).not.toMatch(/constraint|clients|planted|\.ts:/);

    const seen = log.join('\n');
    expect(log.length).toBeGreaterThan(5);
    expect(seen).toContain('23514');
    const secrets = [PASSWORD, 'a wrong password', tokens.accessToken, tokens.refreshToken, ...Object.values(credentials)];
    for (const secret of [...secrets, agency.owner.email, text, 'Тайный адрес', agency.client.email, '310-00-00']) {
      expect(seen).not.toContain(secret);
    }
    for (const line of log) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });
});
