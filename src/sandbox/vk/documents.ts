import { inspectImage } from '../wire/image.js';
import { objectView } from './object.views.js';
import type { UploadUrl } from './photos.js';
import type { VkCall } from './vk.call.js';
import { badParam, saveFailed } from './vk.refusals.js';

/** What `type` of a document means: 1 text, 2 archive, 3 animation, 4 image, 8 anything else. */
const TYPE_OF_EXTENSION: Record<string, number> = {
  ...Object.fromEntries(['pdf', 'doc', 'docx', 'odt', 'rtf', 'txt', 'xls', 'xlsx'].map((extension) => [extension, 1])),
  ...Object.fromEntries(['zip', 'rar', '7z', 'gz'].map((extension) => [extension, 2])),
  gif: 3,
  ...Object.fromEntries(['png', 'jpg', 'jpeg'].map((extension) => [extension, 4])),
};

const EXECUTABLE = /\.(exe|com|scr|pif|msi|bat|cmd|ps1|vbs|sh|jar|apk|dll|dmg)$/i;
const MUSIC = /\.(mp3|m4a|aac|ogg|oga|opus|flac|wav|wma)$/i;
const EXECUTABLE_STARTS = [Buffer.from('MZ'), Buffer.from('\x7fELF', 'latin1'), Buffer.from('#!')];
const MUSIC_STARTS = [Buffer.from('ID3'), Buffer.from('fLaC')];

export function docsGetWallUploadServer(call: VkCall, uploadUrl: UploadUrl): unknown {
  const community = call.communityOfGroup();
  call.assertManages(community);
  return { upload_url: uploadUrl(call.openUpload('doc', community).key) };
}

export function docsSave(call: VkCall): unknown {
  const receipt = call.text('file');
  if (receipt === '') throw badParam('file is undefined');
  const uploaded = call.state.uploads.findUploaded(receipt);
  if (!uploaded || uploaded.saved || uploaded.slot.purpose !== 'doc') throw saveFailed();
  const community = call.state.findCommunity(uploaded.slot.groupId);
  if (!community) throw saveFailed();
  call.assertManages(community);
  uploaded.saved = true;
  const ext = /\.([a-z0-9]+)$/i.exec(uploaded.name)?.[1]?.toLowerCase() ?? '';
  const doc = call.addObject({
    kind: 'doc',
    ownerId: -community.id,
    title: call.text('title') || uploaded.name,
    fields: { size: uploaded.content.length, ext, type: TYPE_OF_EXTENSION[ext] ?? 8 },
    arrivedAt: call.at,
    content: uploaded.content,
  });
  return { type: 'doc', doc: objectView(call.state, doc, call.at) };
}

/** Why the upload server does not want a file, by its name as well as by what is in it; null when it does. */
export function whyNotADocument(file: { name: string; content: Buffer }, imagesAllowed: boolean): string | null {
  if (file.content.length === 0) return 'ERR_UPLOAD_FILE_NOT_UPLOADED: the file is empty';
  if (EXECUTABLE.test(file.name) || startsWithAny(file.content, EXECUTABLE_STARTS))
    return 'ERR_UPLOAD_BAD_EXTENSION: executable files are not allowed';
  if (MUSIC.test(file.name) || startsWithAny(file.content, MUSIC_STARTS)) return 'ERR_UPLOAD_BAD_EXTENSION: music is not allowed';
  if (!imagesAllowed && inspectImage(file.content) !== 'not an image')
    return 'ERR_UPLOAD_BAD_EXTENSION: an image is not a document';
  return null;
}

function startsWithAny(content: Buffer, starts: readonly Buffer[]): boolean {
  return starts.some((start) => content.subarray(0, start.length).equals(start));
}
