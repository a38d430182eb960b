import type { ApiClient, Loose } from '../harness/api-client.js';

export const PASSWORD = 'correct horse battery';

/** A member with his own client. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly api: ApiClient;
}

let counter = 0;

/** An e-mail that no other test uses. */
export function anEmail(who: string): string {
  counter += 1;
  return `${who.toLowerCase()}-${process.pid}-${counter}@agency.example`;
}

/** A caller whose token is renewed when time has moved on. */
async function lasting(api: ApiClient, email: string, contractorId: string): Promise<ApiClient> {
  const renew = async (): Promise<string> => (await logIn(api, email, contractorId)).tokens.accessToken;
  return api.as(await renew()).renewing(renew);
}

export async function logIn(api: ApiClient, email: string, contractorId?: string): Promise<{ api: ApiClient; tokens: Loose }> {
  const answer = await api
    .as(undefined)
    .post('/v1/sessions', { email, password: PASSWORD, ...(contractorId && { contractorId }) });
  if (answer.status !== 201) throw new Error(`log-in failed: ${JSON.stringify(answer.body)}`);
  return { api: api.as(answer.body.accessToken), tokens: answer.body };
}

/** Signs an agency up and logs its owner in. */
export async function signUp(api: ApiClient, name = 'ООО «Открытый город»'): Promise<{ contractorId: string; owner: Person }> {
  const email = anEmail('owner');
  const contractor = { name, inn: '7707083893', kpp: '770701001', ogrn: '1027700132195', timeZone: 'Europe/Moscow' };
  const answer = await api
    .as(undefined)
    .post('/v1/contractors', { contractor, owner: { name: 'Ирина Петрова', email, password: PASSWORD } });
  if (answer.status !== 201) throw new Error(`sign-up failed: ${JSON.stringify(answer.body)}`);
  const { contractorId, member } = answer.body;
  return { contractorId, owner: { id: member.id, email, api: await lasting(api, email, contractorId) } };
}

/** Invites a person, accepts for him and logs him in. */
export async function join(inviter: Person, role: string, clientIds: string[] | 'all' = 'all'): Promise<Person> {
  const email = anEmail(role);
  const invited = await inviter.api.post('/v1/invitations', {
    ...{ email, role, allClients: clientIds === 'all', clientIds: clientIds === 'all' ? [] : clientIds },
  });
  if (invited.status !== 201) throw new Error(`invitation failed: ${JSON.stringify(invited.body)}`);
  const accepted = await inviter.api
    .as(undefined)
    .post('/v1/invitation-acceptances', { token: invited.body.token, name: `Сотрудник ${role}`, password: PASSWORD });
  if (accepted.status !== 201) throw new Error(`acceptance failed: ${JSON.stringify(accepted.body)}`);
  return { id: accepted.body.member.id, email, api: await lasting(inviter.api, email, accepted.body.contractorId) };
}
