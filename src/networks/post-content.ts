import type { NetworkLimits, PhotoUpload, PostContent, Reason } from './network.js';

/**
 * Length of a text in UTF-16 code units after NFC. Neither network says what it counts. Code units are never fewer
 * than code points or visible characters, so a text that passes here passes under every reading.
 */
export function textLength(text: string): number {
  return text.normalize('NFC').length;
}

/** Why a network would refuse this post; found before anything is sent. */
export function contentProblem(title: string, limits: NetworkLimits, content: PostContent): Reason | undefined {
  const { text, link, photos } = content;
  if (text.trim() === '' && link === undefined && photos.length === 0) {
    return { code: 'empty-post', message: `${title}: запись пуста. Добавьте текст, ссылку или фотографию.` };
  }
  const length = textLength(text);
  if (length > limits.textLength) {
    const message = `${title}: текст длиннее допустимого (${length} знаков из ${limits.textLength}). Сократите его на ${length - limits.textLength}.`;
    return { code: 'text-too-long', message };
  }
  if (photos.length > limits.photos) {
    return {
      code: 'too-many-photos',
      message: `${title}: фотографий ${photos.length}, можно не больше ${limits.photos}. Уберите лишние.`,
    };
  }
  if (link !== undefined && !isWebAddress(link)) {
    return { code: 'bad-link', message: `${title}: ссылка должна быть полным адресом http:// или https://. Исправьте ссылку.` };
  }
  return undefined;
}

/** Why a network would refuse this photo, as far as its size in bytes and its type tell. */
export function photoProblem(title: string, limits: NetworkLimits, photo: PhotoUpload): Reason | undefined {
  if (!limits.photoTypes.includes(photo.type)) {
    return { code: 'photo-rejected', message: `${title}: формат фотографии не поддерживается. Сохраните её как JPEG или PNG.` };
  }
  if (photo.bytes.length === 0 || photo.bytes.length > limits.photoBytes) {
    const megabytes = Math.floor(limits.photoBytes / 1024 / 1024);
    return { code: 'photo-rejected', message: `${title}: файл фотографии пуст или больше ${megabytes} МБ. Уменьшите его.` };
  }
  return undefined;
}

function isWebAddress(link: string): boolean {
  return /^https?:\/\//i.test(link) && !/\s/.test(link) && URL.canParse(link);
}
