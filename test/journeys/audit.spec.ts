import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agency, anAgency } from '../builders/agency.js';
import { anApprovedPost, schedule } from '../builders/posts.js';
import type { Loose } from '../harness/api-client.js';
import { Harness } from '../harness/harness.js';

describe('the audit entry', () => {
  let harness: Harness;
  let agency: Agency;

  beforeAll(async () => {
    harness = await Harness.start();
    agency = await anAgency(harness);
  });
  afterAll(() => harness.close());

  const inMinutes = (minutes: number): Date => new Date(harness.clock.now().getTime() + minutes * 60_000);
  const entries = async (): Promise<string[]> => {
    const rows = await harness.sql<{ action: string }>('select action from audit_entries order by id');
    return rows.map(({ action }) => action);
  };
  const addressOf = async (client: Loose): Promise<unknown> =>
    (await agency.owner.api.get(`/v1/clients/${client.id}`)).body.address;

  it('of a deed stands there with the deed', async () => {
    const before = await entries();
    await agency.owner.api.patch(`/v1/clients/${agency.client.id}`, { address: 'Площадь, 1' });
    expect((await entries()).slice(before.length)).toEqual(['client.changed']);
  });

  it('of a deed that was refused half-way does not exist', async () => {
    const post = await anApprovedPost(agency);
    await schedule(agency, post, inMinutes(1), [agency.vkPage]);
    await harness.clock.advance({ minutes: 2 });
    await harness.drain();
    const before = await entries();
    // The first page is planned and recorded before the second one turns out to have the post already.
    const pageIds = [agency.okPage.id, agency.vkPage.id];
    const again = await agency.editor.api.put(`/v1/posts/${post.id}/schedule`, {
      publishAt: inMinutes(60).toISOString(),
      pageIds,
    });
    expect([again.status, again.body.code]).toEqual([409, 'publishing.already-sent']);
    expect(await entries()).toEqual(before);
  });

  it('that can’t be written takes the deed with it', async () => {
    const before = await addressOf(agency.client);
    await harness.sql('alter table audit_entries add constraint planted check (false) not valid');
    const changed = await agency.owner.api.patch(
      `/v1/clients/${agency.client.id}`,
      { address: 'Другая, 2' },
      { unchecked: true },
    );
    await harness.sql('alter table audit_entries drop constraint planted');
    expect(changed.status).toBe(500);
    expect(await addressOf(agency.client)).toEqual(before);
  });
});
