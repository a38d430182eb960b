import type { UploadUrl } from './photos.js';
import type { VkCall } from './vk.call.js';
import type { VkObject } from './vk.model.js';
import { badParam, uploadFailed } from './vk.refusals.js';
import { objectKey } from './vk.state.js';
import { seconds } from './wall.views.js';

export function docsGetWallUploadServer(call: VkCall, uploadUrl: UploadUrl): unknown {
  const community = call.communityOfGroup();
  call.assertManages(community);
  const slot = call.state.uploads.open({ purpose: 'doc', groupId: community.id, userId: call.token.userId ?? 0, objectId: null });
  return { upload_url: uploadUrl(slot.key) };
}

export function docsSave(call: VkCall): unknown {
  const receipt = call.text('file');
  if (receipt === '') throw badParam('file is undefined');
  const uploaded = call.state.uploads.findUploaded(receipt);
  if (!uploaded || uploaded.saved || uploaded.slot.purpose !== 'doc') throw uploadFailed();
  uploaded.saved = true;
  const extension = /\.([a-z0-9]+)$/i.exec(uploaded.name)?.[1] ?? '';
  const title = call.text('title') || uploaded.name;
  const fields = { size: uploaded.content.length, ext: extension, date: seconds(call.at), type: extension === 'pdf' ? 1 : 8 };
  const doc = addObject(call, { kind: 'doc', ownerId: -uploaded.slot.groupId, title, fields, ready: true });
  const url = `https://vk.com/doc${doc.ownerId}_${doc.id}`;
  return { type: 'doc', doc: { id: doc.id, owner_id: doc.ownerId, title, ...fields, url, access_key: doc.accessKey } };
}

export function videoSave(call: VkCall, uploadUrl: UploadUrl): unknown {
  const community = call.communityOfGroup();
  call.assertManages(community);
  const title = call.text('name') || 'Без названия';
  const fields = { description: call.text('description'), duration: 0 };
  const video = addObject(call, { kind: 'video', ownerId: -community.id, title, fields, ready: false });
  const slot = call.state.uploads.open({
    purpose: 'video',
    groupId: community.id,
    userId: call.token.userId ?? 0,
    objectId: video.id,
  });
  return {
    upload_url: uploadUrl(slot.key),
    video_id: video.id,
    owner_id: video.ownerId,
    title,
    description: fields.description,
    access_key: video.accessKey,
  };
}

export function pollsCreate(call: VkCall): unknown {
  const community = call.communityOfOwner();
  call.assertManages(community);
  const question = call.text('question');
  if (question === '') throw badParam('question is undefined');
  const answers = readAnswers(call.text('add_answers')).map((text) => ({ id: call.state.nextId(), text, votes: 0, rate: 0 }));
  const fields = {
    question,
    answers,
    anonymous: call.flag('is_anonymous'),
    multiple: call.flag('is_multiple'),
    end_date: call.optionalInt('end_date') ?? 0,
    created: seconds(call.at),
    votes: 0,
    closed: false,
  };
  const poll = addObject(call, { kind: 'poll', ownerId: -community.id, title: question, fields, ready: true });
  return { id: poll.id, owner_id: poll.ownerId, ...fields };
}

function readAnswers(json: string): string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw badParam('add_answers is not a JSON array');
  }
  const isList = Array.isArray(parsed) && parsed.every((answer): answer is string => typeof answer === 'string' && answer !== '');
  if (!isList || (parsed as string[]).length < 1 || (parsed as string[]).length > 10)
    throw badParam('add_answers: from 1 to 10 answers');
  return parsed as string[];
}

function addObject(call: VkCall, made: Omit<VkObject, 'id' | 'accessKey'>): VkObject {
  const id = call.state.nextId();
  const object: VkObject = { ...made, id, accessKey: `k${id.toString(16).padStart(17, '0')}` };
  call.state.objects.set(objectKey(object.kind, object.ownerId, id), object);
  call.markChanged(object.ownerId);
  return object;
}
