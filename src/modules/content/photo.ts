/** Photos as posts carry them. What the bytes are is decided by their content, never by a file's name or declared type. */
export type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp';
/** What photos are stored and published as. */
export type PublishedPhotoType = Exclude<PhotoType, 'image/webp'>;

export interface PhotoLimits {
  readonly maxBytes: number;
  readonly minSide: number;
  /** Width plus height. */
  readonly maxSideSum: number;
  /** Longest side divided by the shortest. */
  readonly maxAspect: number;
  readonly maxPixels: number;
  /** Passes of a progressive JPEG: each one costs a walk over the whole picture, whatever its size in bytes. */
  readonly maxScans: number;
  readonly maxSeconds: number;
}

/** The strictest of what the networks take, and what one process can afford. */
export const PHOTO_LIMITS: PhotoLimits = {
  maxBytes: 20 * 1024 * 1024,
  minSide: 50,
  maxSideSum: 14_000,
  maxAspect: 20,
  maxPixels: 48_000_000,
  // Cameras and editors write about ten; 200 kB with 900 of them kept a core busy for ten seconds.
  maxScans: 64,
  maxSeconds: 5,
};

interface PhotoMessage {
  readonly ru: string;
  readonly en: string;
}

export type PhotoRejectionCode =
  | 'content.photo-empty'
  | 'content.photo-too-heavy'
  | 'content.photo-type-unsupported'
  | 'content.photo-animated'
  | 'content.photo-damaged'
  | 'content.photo-too-small'
  | 'content.photo-too-large'
  | 'content.photo-too-elongated'
  | 'content.photo-too-complex';

export interface PhotoRejected {
  readonly kind: 'rejected';
  readonly code: PhotoRejectionCode;
  /** What happened and what to do next, ready to stand beside the field. */
  readonly message: PhotoMessage;
}

export interface PhotoAccepted {
  readonly kind: 'accepted';
  /** Written anew from the pixels: upright, sRGB, without metadata and without anything after the picture. */
  readonly bytes: Uint8Array;
  readonly type: PublishedPhotoType;
  readonly width: number;
  readonly height: number;
  /** Lower-case hex of `bytes`: what an approval binds to. */
  readonly sha256: string;
}

export type PhotoInspection = PhotoAccepted | PhotoRejected;

/** Judges the size of a picture; turning it by 90° changes nothing. */
export function judgeSides(width: number, height: number, limits: PhotoLimits): PhotoRejectionCode | undefined {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (width + height > limits.maxSideSum || width * height > limits.maxPixels) return 'content.photo-too-large';
  if (long > short * limits.maxAspect) return 'content.photo-too-elongated';
  if (short < limits.minSide) return 'content.photo-too-small';
  return undefined;
}

/** @param seen the format that was recognised instead, when the type is unsupported. */
export function rejectPhoto(code: PhotoRejectionCode, limits: PhotoLimits, seen?: string): PhotoRejected {
  return { kind: 'rejected', code, message: MESSAGES[code](limits, seen) };
}

const MESSAGES: Record<PhotoRejectionCode, (limits: PhotoLimits, seen?: string) => PhotoMessage> = {
  'content.photo-empty': () => ({
    ru: 'Файл пустой. Выберите фотографию ещё раз.',
    en: 'The file is empty. Choose the photo again.',
  }),
  'content.photo-too-heavy': ({ maxBytes }) => ({
    ru: `Фотография тяжелее ${megabytes(maxBytes)} МБ. Уменьшите её стороны или сохраните в JPEG и загрузите снова.`,
    en: `The photo is heavier than ${megabytes(maxBytes)} MB. Make its sides smaller or save it as JPEG, then upload it again.`,
  }),
  'content.photo-type-unsupported': (_, seen) => ({
    ru: `Это не JPEG, PNG или WebP${seen ? ` (похоже на ${seen})` : ''}. Сохраните фотографию в JPEG и загрузите снова.`,
    en: `This is not JPEG, PNG or WebP${seen ? ` (it looks like ${seen})` : ''}. Save the photo as JPEG and upload it again.`,
  }),
  'content.photo-animated': () => ({
    ru: 'Анимация не поддерживается. Сохраните один кадр в JPEG или PNG и загрузите его.',
    en: 'Animation is not supported. Save one frame as JPEG or PNG and upload that.',
  }),
  'content.photo-damaged': () => ({
    ru: 'Файл повреждён или загружен не целиком. Загрузите его ещё раз; если не поможет, откройте в редакторе и сохраните в JPEG.',
    en: 'The file is damaged or incomplete. Upload it again; if that does not help, open it in an editor and save it as JPEG.',
  }),
  'content.photo-too-small': ({ minSide }) => ({
    ru: `Меньшая сторона короче ${minSide} пикселей. Загрузите фотографию побольше.`,
    en: `The shorter side is below ${minSide} pixels. Upload a larger photo.`,
  }),
  'content.photo-too-large': ({ maxSideSum, maxPixels }) => ({
    ru: `Фотография слишком большая: ширина плюс высота до ${maxSideSum} пикселей, всего до ${maxPixels / 1e6} мегапикселей. Уменьшите её и загрузите снова.`,
    en: `The photo is too large: width plus height up to ${maxSideSum} pixels, ${maxPixels / 1e6} megapixels in all. Make it smaller and upload it again.`,
  }),
  'content.photo-too-elongated': ({ maxAspect }) => ({
    ru: `Одна сторона длиннее другой больше чем в ${maxAspect} раз. Обрежьте фотографию и загрузите снова.`,
    en: `One side is more than ${maxAspect} times longer than the other. Crop the photo and upload it again.`,
  }),
  'content.photo-too-complex': () => ({
    ru: 'Фотографию не удалось обработать вовремя. Уменьшите её, сохраните в обычный (не прогрессивный) JPEG и загрузите снова.',
    en: 'The photo took too long to process. Make it smaller, save it as a plain (not progressive) JPEG and upload it again.',
  }),
};

function megabytes(bytes: number): string {
  return String(Math.round((bytes / 1024 / 1024) * 10) / 10);
}
