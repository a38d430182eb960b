import { type ApiClient, tellRefusal } from './api-client.js';
import type { Person, Stage } from './stage.js';

export const PASSWORD = 'vestnik demo only';

export interface Agency {
  readonly owner: Person;
  readonly editor: Person;
  readonly approver: Person;
  readonly pressOfficer: Person;
  readonly clientViewer: Person;
  readonly client: { readonly id: string; readonly timeZone: string };
}

interface NewMember {
  readonly contractorId: string;
  readonly member: { readonly name: string; readonly email: string; readonly role: string };
}

const CONTRACTOR = {
  ...{ name: 'ООО «Открытый город»', inn: '7700123459', kpp: '770001001', ogrn: '1157700123459' },
  timeZone: 'Europe/Moscow',
};

const CLIENT = {
  ...{ kind: 'municipalBody', name: 'Администрация Приозёрного муниципального округа', shortName: 'Приозёрный округ' },
  ...{ inn: '4100123451', kpp: '410001001', ogrn: '1024100123453', timeZone: 'Asia/Kamchatka' },
  ...{ address: '684000, Камчатский край, п. Приозёрный, ул. Портовая, 1', phones: ['+7 415 310-00-00'] },
  ...{ email: 'press@priozerny.example', site: 'https://priozerny.example' },
};

/** An agency signs up, takes a public body on as its client and brings the people of both sides in. */
export async function openAgency(stage: Stage): Promise<Agency> {
  const { printer, api } = stage;
  printer.chapter('An agency and its people');
  const owner = { name: 'Ирина Петрова', email: 'irina@gorod.example', password: PASSWORD };
  const mistyped = { contractor: { ...CONTRACTOR, inn: '7700123458' }, owner };
  await printer.step('A mistyped ИНН is refused', () => api.refused(400, 'POST', '/v1/contractors', mistyped), tellRefusal);
  const irina = await signUp(stage, CONTRACTOR, owner);
  const client = await printer.step(
    'The client is entered',
    () => irina.api.post<Agency['client'] & typeof CLIENT>('/v1/clients', CLIENT),
    ({ name, timeZone }) => `${name}, ${timeZone}`,
  );
  const invite = (role: string, name: string, email: string) => join(stage, irina, { role, name, email, clientId: client.id });
  return {
    ...{ owner: irina, client },
    editor: await invite('editor', 'Олег Смирнов', 'oleg@gorod.example'),
    approver: await invite('approver', 'Марина Котова', 'marina@gorod.example'),
    pressOfficer: await invite('pressOfficer', 'Светлана Ким', 'press@priozerny.example'),
    clientViewer: await invite('clientViewer', 'Андрей Белов', 'head@priozerny.example'),
  };
}

/** Another agency, which must never see anything of the first. */
export function openOtherAgency(stage: Stage): Promise<Person> {
  const contractor = { ...CONTRACTOR, name: 'ООО «Соседи»', inn: '7700987650', ogrn: '1176500987651' };
  return signUp(stage, contractor, { name: 'Павел Лебедев', email: 'pavel@sosedi.example', password: PASSWORD });
}

async function signUp(
  { printer, api }: Stage,
  contractor: typeof CONTRACTOR,
  owner: { name: string; email: string; password: string },
): Promise<Person> {
  const act = async (): Promise<Person> => {
    const { member } = await api.post<NewMember>('/v1/contractors', { contractor, owner });
    return { ...member, api: await logIn(api, member.email) };
  };
  return printer.step(`${contractor.name} signs up and logs in`, act, ({ name, role }) => `${name}, ${role}`);
}

async function join(
  { printer, api }: Stage,
  inviter: Person,
  { role, name, email, clientId }: { role: string; name: string; email: string; clientId: string },
): Promise<Person> {
  const isClients = role === 'pressOfficer' || role === 'clientViewer';
  const act = async (): Promise<Person> => {
    const reach = { allClients: !isClients, clientIds: isClients ? [clientId] : [] };
    const { token } = await inviter.api.post<{ token: string }>('/v1/invitations', { email, role, ...reach });
    const { member } = await api.post<NewMember>('/v1/invitation-acceptances', { token, name, password: PASSWORD });
    return { ...member, api: await logIn(api, email) };
  };
  const side = isClients ? 'of the client' : 'of the agency';
  return printer.step(`${name} accepts an invitation`, act, (person) => `${person.role} ${side}`);
}

async function logIn(api: ApiClient, email: string): Promise<ApiClient> {
  const { accessToken } = await api.post<{ accessToken: string }>('/v1/sessions', { email, password: PASSWORD });
  return api.as(accessToken);
}
