import type { VkCommunity, VkPost, VkToken } from '../vk/vk.model.js';
import { BadControlRequest, given } from './body.js';
import type { ControlRequest, Route } from './routes.js';

const COMMUNITY = '/vk/communities/:groupId';
const POST = `${COMMUNITY}/posts/:postId`;

export const VK_ROUTES: readonly Route[] = [
  { verb: 'GET', path: '/vk/communities', answer: ({ sandbox }) => sandbox.vk.communities().map(communityView) },
  { verb: 'POST', path: '/vk/communities', answer: addCommunity },
  { verb: 'POST', path: '/vk/users', answer: addUser },
  { verb: 'GET', path: '/vk/tokens', answer: ({ sandbox }) => sandbox.vk.tokens().map(withoutToken) },
  { verb: 'POST', path: '/vk/tokens', answer: issueToken },
  { verb: 'PATCH', path: '/vk/tokens/:label', answer: changeToken },
  { verb: 'POST', path: '/vk/sessions', answer: startSession },
  { verb: 'DELETE', path: '/vk/sessions/:label', answer: endSession },
  { verb: 'GET', path: `${COMMUNITY}/posts`, answer: listPosts },
  { verb: 'POST', path: `${COMMUNITY}/posts`, answer: postByHand },
  { verb: 'PATCH', path: POST, answer: editByHand },
  { verb: 'DELETE', path: POST, answer: deleteByHand },
  { verb: 'POST', path: `${POST}/comments`, answer: commentByHand },
  { verb: 'PUT', path: `${POST}/numbers`, answer: setPostNumbers },
  { verb: 'PUT', path: `${COMMUNITY}/days/:day`, answer: setDayNumbers },
  { verb: 'PUT', path: `${COMMUNITY}/pinned`, answer: pinByHand },
];

function addCommunity({ sandbox, body }: ControlRequest): unknown {
  const community = sandbox.vk.addCommunity({
    id: body.number('id'),
    name: body.text('name'),
    ...given({
      screenName: body.optionalText('screenName'),
      description: body.optionalText('description'),
      isClosed: body.optionalFlag('isClosed'),
      profile: body.optionalRecord('profile'),
    }),
  });
  return communityView(community);
}

function addUser({ sandbox, body }: ControlRequest): unknown {
  return sandbox.vk.addUser({ id: body.number('id'), firstName: body.text('firstName'), lastName: body.text('lastName') });
}

function issueToken({ sandbox, body }: ControlRequest): VkToken {
  const options = given({
    mask: body.optionalNumber('mask'),
    label: body.optionalText('label'),
    token: body.optionalText('token'),
    expiresAt: body.optionalDate('expiresAt'),
  });
  switch (body.text('kind')) {
    case 'community':
      return sandbox.vk.issueCommunityToken(body.number('groupId'), options);
    case 'user':
      return sandbox.vk.issueUserToken(body.number('userId'), options);
    case 'vkId':
      return sandbox.vk.issueUserToken(body.number('userId'), {
        ...options,
        vkId: true,
        ...given({ granted: body.optionalFlag('granted') }),
      });
    case 'service':
      return sandbox.vk.issueServiceToken(options);
    default:
      throw new BadControlRequest('kind should be community, user, vkId or service');
  }
}

function changeToken({ sandbox, body, part }: ControlRequest): unknown {
  body.assertOnly('revoked', 'expired', 'mask');
  const revoked = body.optionalFlag('revoked');
  const mask = body.optionalNumber('mask');
  if (revoked === true) sandbox.vk.revokeToken(part('label'));
  if (revoked === false) sandbox.vk.restoreToken(part('label'));
  if (body.optionalFlag('expired')) sandbox.vk.expireToken(part('label'));
  if (mask !== undefined) sandbox.vk.setMask(part('label'), mask);
  return sandbox.vk
    .tokens()
    .filter(({ label }) => label === part('label'))
    .map(withoutToken)
    .at(-1);
}

function startSession({ sandbox, body }: ControlRequest): unknown {
  const options = given({
    clientId: body.optionalText('clientId'),
    deviceId: body.optionalText('deviceId'),
    mask: body.optionalNumber('mask'),
    granted: body.optionalFlag('granted'),
    label: body.optionalText('label'),
  });
  const { session, access, refreshToken, refreshUntil } = sandbox.vk.startSession(body.number('userId'), options);
  return { ...session, accessToken: access.token, expiresAt: access.expiresAt, refreshToken, refreshUntil };
}

function endSession({ sandbox, part }: ControlRequest): unknown {
  sandbox.vk.endSession(part('label'));
  return { ended: part('label') };
}

function listPosts({ sandbox, part }: ControlRequest): unknown {
  const groupId = Number(part('groupId'));
  return { posts: sandbox.vk.posts(groupId).map(postView), postponed: sandbox.vk.postponed(groupId).map(postView) };
}

function postByHand({ sandbox, body, part }: ControlRequest): unknown {
  const details = given({ fromId: body.optionalNumber('fromId'), date: body.optionalDate('date') });
  return postView(sandbox.vk.postByHand(Number(part('groupId')), { text: body.text('text'), ...details }));
}

function editByHand({ sandbox, body, part }: ControlRequest): unknown {
  sandbox.vk.editByHand(Number(part('groupId')), Number(part('postId')), { text: body.text('text') });
  return { edited: true };
}

function deleteByHand({ sandbox, part }: ControlRequest): unknown {
  sandbox.vk.deleteByHand(Number(part('groupId')), Number(part('postId')));
  return { deleted: true };
}

function commentByHand({ sandbox, body, part }: ControlRequest): unknown {
  const comment = {
    fromId: body.number('fromId'),
    text: body.text('text'),
    ...given({ replyTo: body.optionalNumber('replyTo') }),
  };
  return { id: sandbox.vk.commentByHand(Number(part('groupId')), Number(part('postId')), comment) };
}

function pinByHand({ sandbox, body, part }: ControlRequest): unknown {
  sandbox.vk.pinByHand(Number(part('groupId')), body.optionalNumber('postId') ?? null);
  return { pinned: body.optionalNumber('postId') ?? null };
}

function communityView(community: VkCommunity): unknown {
  return { ...community, managers: Object.fromEntries(community.managers) };
}

function postView(post: VkPost): unknown {
  return { ...post, comments: post.comments.filter(({ deleted }) => !deleted) };
}

/** Tokens are shown once, when they are issued. */
function withoutToken(token: VkToken): unknown {
  return { ...token, token: undefined };
}

function setPostNumbers({ sandbox, body, part }: ControlRequest): unknown {
  return sandbox.vk.numbers.setPost(Number(part('groupId')), Number(part('postId')), body.numbers());
}

function setDayNumbers({ sandbox, body, part }: ControlRequest): unknown {
  return sandbox.vk.numbers.setDay(Number(part('groupId')), part('day'), body.numbers());
}
