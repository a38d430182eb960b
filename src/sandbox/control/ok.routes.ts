import type { OkPermission, OkRole, OkToken } from '../ok/ok.model.js';
import { given } from './body.js';
import type { ControlRequest, Route } from './routes.js';

const GROUP = '/ok/groups/:groupId';
const TOPIC = '/ok/topics/:topicId';

export const OK_ROUTES: readonly Route[] = [
  { verb: 'GET', path: '/ok/groups', answer: listGroups },
  { verb: 'POST', path: '/ok/groups', answer: addGroup },
  { verb: 'POST', path: '/ok/sessions', answer: startSession },
  { verb: 'DELETE', path: '/ok/sessions/:label', answer: endSession },
  { verb: 'POST', path: '/ok/applications', answer: addApplication },
  { verb: 'GET', path: '/ok/tokens', answer: ({ sandbox }) => sandbox.ok.tokens().map(withoutToken) },
  { verb: 'POST', path: '/ok/tokens', answer: issueToken },
  { verb: 'PATCH', path: '/ok/tokens/:label', answer: changeToken },
  { verb: 'PUT', path: '/ok/tokens/:label/calls-left', answer: setCallsLeft },
  {
    verb: 'POST',
    path: '/ok/codes',
    answer: ({ sandbox, body }) => ({ code: sandbox.ok.issueCode({ redirectUri: body.text('redirectUri') }) }),
  },
  { verb: 'PUT', path: `${GROUP}/members/:userId`, answer: setRole },
  { verb: 'GET', path: `${GROUP}/topics`, answer: listTopics },
  { verb: 'POST', path: `${GROUP}/topics`, answer: postByHand },
  { verb: 'PUT', path: `${TOPIC}/numbers`, answer: setTopicNumbers },
  { verb: 'PUT', path: `${GROUP}/days/:day`, answer: setDayNumbers },
  { verb: 'PUT', path: `${GROUP}/pinned`, answer: pinByHand },
  { verb: 'PATCH', path: TOPIC, answer: editByHand },
  { verb: 'DELETE', path: TOPIC, answer: deleteByHand },
  { verb: 'POST', path: `${TOPIC}/comments`, answer: commentByHand },
];

function listGroups({ sandbox }: ControlRequest): unknown {
  return sandbox.ok.groups().map((group) => ({ ...group, members: Object.fromEntries(group.members) }));
}

function addGroup({ sandbox, body }: ControlRequest): unknown {
  const details = given({
    shortname: body.optionalText('shortname'),
    description: body.optionalText('description'),
    profile: body.optionalRecord('profile'),
  });
  const group = sandbox.ok.addGroup({ id: body.text('id'), name: body.text('name'), ...details });
  return { ...group, members: Object.fromEntries(group.members) };
}

function addApplication({ sandbox, body }: ControlRequest): unknown {
  return sandbox.ok.addApplication({
    id: body.text('id'),
    key: body.text('key'),
    secret: body.text('secret'),
    name: body.optionalText('name') ?? 'Приложение',
    redirectUris: body.optionalTexts('redirectUris') ?? [],
  });
}

function issueToken({ sandbox, body }: ControlRequest): unknown {
  const token = sandbox.ok.issueToken(
    given({
      applicationKey: body.optionalText('applicationKey'),
      permissions: body.optionalTexts('permissions') as OkPermission[] | undefined,
      role: body.optionalText('role') as OkRole | undefined,
      groupId: body.optionalText('groupId'),
      userId: body.optionalText('userId'),
      expiresAt: body.optionalDate('expiresAt'),
      label: body.optionalText('label'),
      token: body.optionalText('token'),
    }),
  );
  return { ...token, permissions: [...token.permissions] };
}

function changeToken({ sandbox, body, part }: ControlRequest): unknown {
  body.assertOnly('revoked', 'expired', 'permissions');
  const label = part('label');
  const revoked = body.optionalFlag('revoked');
  const permissions = body.optionalTexts('permissions') as OkPermission[] | undefined;
  if (revoked === true) sandbox.ok.revokeToken(label);
  if (revoked === false) sandbox.ok.restoreToken(label);
  if (body.optionalFlag('expired')) sandbox.ok.expireToken(label);
  if (permissions) sandbox.ok.setPermissions(label, permissions);
  return sandbox.ok
    .tokens()
    .filter((token) => token.label === label)
    .map(withoutToken)
    .at(-1);
}

function startSession({ sandbox, body }: ControlRequest): unknown {
  const session = sandbox.ok.startSession(
    given({
      userId: body.optionalText('userId'),
      permissions: body.optionalTexts('permissions') as OkPermission[] | undefined,
      label: body.optionalText('label'),
    }),
  );
  const { label, userId, permissions, token, expiresAt, refreshToken } = session;
  return { label, userId, permissions: [...permissions], accessToken: token, expiresAt, refreshToken };
}

function endSession({ sandbox, part }: ControlRequest): unknown {
  sandbox.ok.endSession(part('label'));
  return { ended: part('label') };
}

function setCallsLeft({ sandbox, body, part }: ControlRequest): unknown {
  body.assertOnly('method', 'calls');
  sandbox.ok.setCallsLeft(part('label'), body.text('method'), body.optionalNumber('calls') ?? null);
  return { method: body.text('method'), calls: body.optionalNumber('calls') ?? null };
}

function setRole({ sandbox, body, part }: ControlRequest): unknown {
  sandbox.ok.setRole(part('groupId'), part('userId'), body.text('role') as OkRole);
  return { role: body.text('role') };
}

function listTopics({ sandbox, part }: ControlRequest): unknown {
  return { topics: sandbox.ok.topics(part('groupId')), delayed: sandbox.ok.delayed(part('groupId')) };
}

function postByHand({ sandbox, body, part }: ControlRequest): unknown {
  const details = given({ authorRef: body.optionalText('authorRef'), createdAt: body.optionalDate('createdAt') });
  return sandbox.ok.postByHand(part('groupId'), { text: body.text('text'), ...details });
}

function editByHand({ sandbox, body, part }: ControlRequest): unknown {
  sandbox.ok.editByHand(part('topicId'), { text: body.text('text') });
  return { edited: true };
}

function deleteByHand({ sandbox, part }: ControlRequest): unknown {
  sandbox.ok.deleteByHand(part('topicId'));
  return { deleted: true };
}

function pinByHand({ sandbox, body, part }: ControlRequest): unknown {
  sandbox.ok.pinByHand(part('groupId'), body.optionalText('topicId') ?? null);
  return { pinned: body.optionalText('topicId') ?? null };
}

function commentByHand({ sandbox, body, part }: ControlRequest): unknown {
  const comment = { authorRef: body.text('authorRef'), authorName: body.text('authorName'), text: body.text('text') };
  return { id: sandbox.ok.commentByHand(part('topicId'), { ...comment, ...given({ replyTo: body.optionalText('replyTo') }) }) };
}

function withoutToken(token: OkToken): unknown {
  return { ...token, token: undefined, refreshToken: undefined, permissions: [...token.permissions] };
}

function setTopicNumbers({ sandbox, body, part }: ControlRequest): unknown {
  return sandbox.ok.numbers.setTopic(part('topicId'), body.numbers());
}

function setDayNumbers({ sandbox, body, part }: ControlRequest): unknown {
  return sandbox.ok.numbers.setDay(part('groupId'), part('day'), body.numbers());
}
