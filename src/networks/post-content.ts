import type { DocumentUpload, PhotoUpload, Poll, VideoUpload } from './media.js';
import type { NetworkLimits } from './limits.js';
import type { PostContent, PublishCall, Reason } from './network.js';

/**
 * Length of a text in UTF-16 code units after NFC. Neither network says what it counts. Code units are never fewer
 * than code points or visible characters, so a text that passes here passes under every reading.
 */
export function textLength(text: string): number {
  return text.normalize('NFC').length;
}

/** Everything that stands below the text, counted together. */
export function attachmentCount({ photos, videos = [], documents = [], link, poll }: PostContent): number {
  return photos.length + videos.length + documents.length + (link === undefined ? 0 : 1) + (poll === undefined ? 0 : 1);
}

/** What publishing this is called for the budget; what only the strongest secret may do comes first. */
export function publishCallOf({ photos, videos = [], documents = [], poll }: PostContent): PublishCall {
  if (photos.length > 0) return 'publishPhoto';
  if (videos.length > 0) return 'publishVideo';
  if (poll !== undefined) return 'publishPoll';
  return documents.length > 0 ? 'publishDocument' : 'publishText';
}

/** Why a network would refuse this post; found before anything is sent. */
export function contentProblem(title: string, limits: NetworkLimits, content: PostContent): Reason | undefined {
  const { text, link, poll } = content;
  if (text.trim() === '' && attachmentCount(content) === 0) {
    return { code: 'empty-post', message: `${title}: запись пуста. Добавьте текст, ссылку или вложение.` };
  }
  const length = textLength(text);
  if (length > limits.textLength) {
    const message = `${title}: текст длиннее допустимого (${length} знаков из ${limits.textLength}). Сократите его на ${length - limits.textLength}.`;
    return { code: 'text-too-long', message };
  }
  if (link !== undefined && !isWebAddress(link)) {
    return { code: 'bad-link', message: `${title}: ссылка должна быть полным адресом http:// или https://. Исправьте ссылку.` };
  }
  return tooMany(title, limits, content) ?? (poll && pollProblem(title, limits, poll));
}

function tooMany(title: string, limits: NetworkLimits, content: PostContent): Reason | undefined {
  const { photos, videos = [], documents = [] } = content;
  const kinds = [
    ['photos', 'фотографий', photos.length, limits.photos],
    ['videos', 'видео', videos.length, limits.videos],
    ['documents', 'документов', documents.length, limits.documents],
  ] as const;
  for (const [kind, name, count, most] of kinds) {
    if (count <= most) continue;
    const rule = most === 0 ? 'их здесь не бывает' : `можно не больше ${most}`;
    return { code: `too-many-${kind}`, message: `${title}: ${name} ${count}, ${rule}. Уберите лишние.` };
  }
  if (attachmentCount(content) <= limits.attachments) return undefined;
  const message = `${title}: вложений больше ${limits.attachments}: ссылка и опрос занимают по одному месту. Уберите лишнее.`;
  return { code: 'too-many-attachments', message };
}

/** Why a network would refuse this poll. */
export function pollProblem(title: string, limits: NetworkLimits, poll: Poll): Reason | undefined {
  const rejected = (what: string): Reason => ({ code: 'poll-rejected', message: `${title}: ${what}.` });
  const { pollQuestionLength: questionMost, pollAnswerLength: answerMost, pollAnswers } = limits;
  if (poll.question.trim() === '') return rejected('у опроса нет вопроса');
  if (textLength(poll.question) > questionMost) return rejected(`вопрос опроса длиннее ${questionMost} знаков, сократите его`);
  const { length } = poll.answers;
  if (length < pollAnswers.least || length > pollAnswers.most)
    return rejected(`ответов в опросе ${length}, а нужно от ${pollAnswers.least} до ${pollAnswers.most}`);
  if (poll.answers.some((answer) => answer.trim() === '' || textLength(answer) > answerMost))
    return rejected(`ответ опроса пуст или длиннее ${answerMost} знаков, исправьте его`);
  return undefined;
}

/** Why a network would refuse this photo, as far as its size in bytes and its type tell. */
export function photoProblem(title: string, limits: NetworkLimits, photo: PhotoUpload): Reason | undefined {
  if (!limits.photoTypes.includes(photo.type)) {
    return { code: 'photo-rejected', message: `${title}: формат фотографии не поддерживается. Сохраните её как JPEG или PNG.` };
  }
  if (photo.bytes.length === 0 || photo.bytes.length > limits.photoBytes) {
    const most = megabytes(limits.photoBytes);
    return { code: 'photo-rejected', message: `${title}: файл фотографии пуст или больше ${most} МБ. Уменьшите его.` };
  }
  return undefined;
}

/** Why a network would refuse this video, as far as its size and its type tell. */
export function videoProblem(title: string, limits: NetworkLimits, video: VideoUpload): Reason | undefined {
  const { least, most } = limits.videoBytes;
  const rejected = (what: string): Reason => ({ code: 'video-rejected', message: `${title}: ${what}` });
  if (!limits.videoTypes.includes(video.type)) return rejected('формат видео не поддерживается. Сохраните его как MP4.');
  if (video.size < least || video.size > most)
    return rejected(`видео должно занимать от ${Math.ceil(least / 1024)} КБ до ${megabytes(most)} МБ. Сожмите его.`);
  return undefined;
}

/** Why a network would refuse this document, as far as its size and its type tell. */
export function documentProblem(title: string, limits: NetworkLimits, document: DocumentUpload): Reason | undefined {
  const rejected = (what: string): Reason => ({ code: 'document-rejected', message: `${title}: ${what}` });
  if (limits.documents === 0) return rejected('документы здесь не публикуются. Дайте на документ ссылку.');
  if (!limits.documentTypes.includes(document.type))
    return rejected('формат документа не поддерживается. Сохраните его как PDF.');
  if (document.size === 0 || document.size > limits.documentBytes)
    return rejected(`документ пуст или больше ${megabytes(limits.documentBytes)} МБ. Уменьшите его.`);
  return undefined;
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}

function isWebAddress(link: string): boolean {
  return /^https?:\/\//i.test(link) && !/\s/.test(link) && URL.canParse(link);
}
