import { MEDIA_BYTES, type MediaKind } from './media.js';

interface Message {
  readonly ru: string;
  readonly en: string;
}

const WHAT_GOES = {
  ru: 'Публикуются фотографии JPEG, PNG и WebP, видео MP4, MOV и WebM, документы PDF, DOCX, XLSX, PPTX, ODT, ODS и ODP',
  en: 'What can be published: photos in JPEG, PNG and WebP, videos in MP4, MOV and WebM, documents in PDF, DOCX, XLSX, PPTX, ODT, ODS and ODP',
};

/** @param seen the format that was recognised instead, '' when nothing was */
export function unsupported(seen: string): Message {
  return {
    ru: `Такой файл не опубликовать${seen ? ` (похоже на ${seen})` : ''}. ${WHAT_GOES.ru}: сохраните его так и загрузите снова.`,
    en: `This file can't be published${seen ? ` (it looks like ${seen})` : ''}. ${WHAT_GOES.en}: save it so and upload it again.`,
  };
}

export function empty(): Message {
  return { ru: 'Файл пустой. Выберите его ещё раз.', en: 'The file is empty. Choose it again.' };
}

export function tooLong(kind: MediaKind): string {
  return `${NAMES[kind]} is too large: at most ${MEDIA_BYTES[kind] / 1024 / 1024} MiB`;
}

const NAMES: Readonly<Record<MediaKind, string>> = { photo: 'The photo', video: 'The video', document: 'The document' };
