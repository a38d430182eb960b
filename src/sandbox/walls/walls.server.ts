import type { Clock } from '../../platform/clock/clock.js';
import type { OkSandbox } from '../ok/ok.sandbox.js';
import type { OkState } from '../ok/ok.state.js';
import type { VkSandbox } from '../vk/vk.sandbox.js';
import type { VkState } from '../vk/vk.state.js';
import { objectKey } from '../vk/vk.state.js';
import type { Handler } from '../wire/listener.js';
import { send, textReply, type Reply } from '../wire/reply.js';
import type { Html } from './html.js';
import { okWall } from './ok-wall.js';
import { indexPage, missingPage, postPage, wallPage } from './page.js';
import { vkWall } from './vk-wall.js';
import type { Wall } from './wall-post.js';

export interface WallsWorld {
  clock: Clock;
  vkState: VkState;
  okState: OkState;
  vk: VkSandbox;
  ok: OkSandbox;
}

const NOTHING = missingPage();

/** The networks' public side: the same paths as their permalinks, and a list of all walls. */
export function wallsHandler(world: WallsWorld): Handler {
  return (inbound, response) => send(response, route(world, decodePath(inbound.path)));
}

function route(world: WallsWorld, path: string): Reply {
  if (path === '/') return pageReply(indexPage(allWalls(world)));
  const image = /^\/images\/(vk|ok)\/(.+)$/.exec(path);
  if (image) return imageReply(world, image[1] ?? '', image[2] ?? '');
  const document = /^\/(doc-\d+_\d+)$/.exec(path)?.[1];
  if (document) return documentReply(world, document);
  const wall = findWall(world, path);
  if (!wall) return pageReply(NOTHING, 404);
  if (wall.path === path) return pageReply(wallPage(wall));
  const post = wall.posts.find(({ permalink }) => permalink === path);
  return post ? pageReply(postPage(wall, post)) : pageReply(NOTHING, 404);
}

function findWall(world: WallsWorld, path: string): Wall | null {
  const vkId = /^\/(?:vk\/|wall-)(\d+)(?:_\d+)?$/.exec(path)?.[1];
  const community = vkId ? world.vkState.findCommunity(Number(vkId)) : null;
  if (community) return vkWall(world.vkState, world.vk, community, world.clock.now());
  const okId = /^\/(?:ok|group)\/(\d+)(?:\/topic\/\d+)?$/.exec(path)?.[1];
  const group = okId ? world.okState.groups.get(okId) : undefined;
  return group ? okWall(world.okState, world.ok, group) : null;
}

function allWalls(world: WallsWorld): Wall[] {
  return [
    ...world.vk.communities().map((community) => vkWall(world.vkState, world.vk, community, world.clock.now())),
    ...world.ok.groups().map((group) => okWall(world.okState, world.ok, group)),
  ];
}

function imageReply(world: WallsWorld, network: string, id: string): Reply {
  const [, ownerId = '', photoId = ''] = /^(-?\d+)_(\d+)$/.exec(id) ?? [];
  const photo =
    network === 'ok'
      ? world.okState.photosById.get(id)
      : world.vkState.photos.get(objectKey('photo', Number(ownerId), Number(photoId)));
  return photo ? textReply(photo.content, photo.facts.contentType) : textReply('Not found', 'text/plain; charset=utf-8', 404);
}

/** Offered as a download whatever it is, so that a page among documents never runs at this address. */
function documentReply(world: WallsWorld, key: string): Reply {
  const document = world.vkState.objects.get(key);
  if (!document?.content) return textReply('Not found', 'text/plain; charset=utf-8', 404);
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
  };
  return { kind: 'whole', status: 200, headers, body: document.content };
}

function pageReply(page: Html, status = 200): Reply {
  const reply = textReply(page.markup, 'text/html; charset=utf-8', status);
  if (reply.kind === 'whole')
    reply.headers['content-security-policy'] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
  return reply;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
