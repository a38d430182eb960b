import { Failure } from '../lifetime.js';
import type { Agency } from './agency.chapter.js';
import { drawPhotos, hasMetadata, PLACE, tellsPlace } from './photos.js';
import { tellRefusal } from './api-client.js';
import type { Person, Stage } from './stage.js';

export interface Post {
  readonly id: string;
  readonly status: string;
  readonly postVersion: number;
  readonly contentHash: string;
  readonly variants: readonly { readonly network: 'vk' | 'ok'; readonly text: string }[];
  readonly media: readonly unknown[];
}

interface Content {
  readonly title: string;
  readonly variants: readonly object[];
  readonly mediaIds: readonly string[];
}

const SITE = 'https://priozerny.example/den-okruga';

/** A post is written, and goes through the hands of both sides until everybody has approved exactly what will go out. */
export async function writePost(stage: Stage, agency: Agency): Promise<Post> {
  const { printer } = stage;
  const { owner, editor, approver, pressOfficer } = agency;
  printer.chapter('A post and its approvals');
  const mediaIds = await uploadPhotos(stage, agency);
  const draft = await printer.step(
    'Олег writes a post, with a text for each network',
    () => editor.api.post<Post>('/v1/posts', { clientId: agency.client.id, ...festival('12:00', mediaIds) }),
    ({ variants, media }) =>
      `${variants.map(({ network, text }) => `${network} ${text.length} characters`).join(', ')}, ${media.length} photos`,
  );
  const polished = await printer.step(
    'Ирина polishes it and submits it for approval',
    async () => {
      await owner.api.put<Post>(`/v1/posts/${draft.id}`, festival('12:00', mediaIds, 'Приходите всей семьёй!'));
      return owner.api.put<Post>(`/v1/posts/${draft.id}/submission`);
    },
    ({ postVersion, status }) => `version ${postVersion}, ${status}`,
  );
  await printer.step(
    'Nobody approves what he wrote himself',
    () => owner.api.refused(409, 'PUT', `/v1/posts/${draft.id}/approval`, approving(polished)),
    tellRefusal,
  );
  await decide(stage, approver, polished, 'Марина approves for the agency');
  await sendBack(stage, pressOfficer, polished);
  const corrected = await printer.step(
    'Олег corrects the time and submits it again',
    async () => {
      await editor.api.put<Post>(`/v1/posts/${draft.id}`, festival('13:00', mediaIds, 'Приходите всей семьёй!'));
      return editor.api.put<Post>(`/v1/posts/${draft.id}/submission`);
    },
    ({ postVersion, contentHash }) => `version ${postVersion}, content ${contentHash.slice(0, 12)}…; earlier approvals are void`,
  );
  await decide(stage, approver, corrected, 'Марина approves the new version');
  return decide(stage, pressOfficer, corrected, 'Светлана approves for the client');
}

/** A short post that everybody approves at once. */
export async function writeShortPost({ printer }: Stage, agency: Agency): Promise<Post> {
  const { editor, approver, pressOfficer, client } = agency;
  const variants = (['vk', 'ok'] as const).map((network) => ({
    network,
    text: 'Завтра с 9:00 до 12:00 на Портовой отключат воду',
  }));
  return printer.step(
    'A second post is written and approved by both sides',
    async () => {
      const post = await editor.api.post<Post>('/v1/posts', {
        clientId: client.id,
        title: 'Отключение воды',
        variants,
        mediaIds: [],
      });
      await editor.api.put(`/v1/posts/${post.id}/submission`);
      await approver.api.put(`/v1/posts/${post.id}/approval`, approving(post));
      return pressOfficer.api.put<Post>(`/v1/posts/${post.id}/approval`, approving(post));
    },
    ({ variants: [first], status }) => `«${first!.text}», ${status}`,
  );
}

async function uploadPhotos({ printer }: Stage, { editor, client }: Agency): Promise<string[]> {
  const photos = await drawPhotos();
  const act = async (): Promise<string[]> => {
    const ids: string[] = [];
    for (const { name, bytes } of photos) {
      ids.push((await editor.api.upload<{ id: string }>(`/v1/clients/${client.id}/media`, bytes, name)).id);
    }
    return ids;
  };
  const ids = await printer.step('Олег uploads photos', act, () => photos.map(({ name }) => name).join(', '));
  const check = async (): Promise<void> => {
    if (!(await tellsPlace(photos[0]!.bytes))) throw new Failure('The drawn photo carries no place, so there is nothing to show');
    if (await hasMetadata(await editor.api.download(`/v1/media/${ids[0]!}/file`)))
      throw new Failure('What is stored carries metadata');
  };
  await printer.step(
    'What the camera wrote is removed',
    check,
    () => `the first file told ${PLACE}; what is stored tells nothing`,
  );
  return ids;
}

async function sendBack({ printer }: Stage, who: Person, post: Post): Promise<void> {
  const decision = { ...approving(post), decision: 'returned', comment: 'Концерт начнётся в 13:00, исправьте время' };
  await printer.step(
    'Светлана, the press officer, returns it with a comment',
    () => who.api.put<Post>(`/v1/posts/${post.id}/approval`, decision),
    ({ status }) => `«${decision.comment}», ${status}`,
  );
}

function decide({ printer }: Stage, who: Person, post: Post, title: string): Promise<Post> {
  const act = () => who.api.put<Post>(`/v1/posts/${post.id}/approval`, approving(post));
  return printer.step(title, act, ({ status }) => status);
}

function approving({ contentHash }: Post): { decision: string; contentHash: string } {
  return { decision: 'approved', contentHash };
}

function festival(time: string, mediaIds: readonly string[], ending = ''): Content {
  const program = `В субботу в ${time} на площади у пристани: концерт, ярмарка мастеров и уха на всех.`;
  return {
    title: 'День округа',
    variants: [
      { network: 'vk', text: `Приозёрному округу исполняется 85 лет!\n\n${program} ${ending}`.trim(), link: SITE },
      { network: 'ok', text: `Дорогие земляки, ждём вас на Дне округа!\n\n${program} ${ending}`.trim(), link: SITE },
    ],
    mediaIds,
  };
}
