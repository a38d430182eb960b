import { createHash } from 'node:crypto';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { countJpegScans, isAnimated, isLosslessWebp, recogniseFormat } from './photo-format.js';
import {
  judgeSides,
  PHOTO_LIMITS,
  type PhotoInspection,
  type PhotoLimits,
  type PhotoRejectionCode,
  type PhotoType,
  type PublishedPhotoType,
  rejectPhoto,
} from './photo.js';

// One thread for a picture and nothing kept afterwards: uploads are rare, and the memory belongs to the rest of the process.
sharp.concurrency(1);
sharp.cache(false);

/**
 * Looks at the bytes of an upload and either refuses them with a reason or writes the picture anew from its pixels. Writing
 * anew is the point: places and names in metadata, thumbnails of what was cropped away, archives and scripts behind the last
 * pixel do not survive it. The same bytes always give the same hash.
 */
export async function inspectPhoto(bytes: Uint8Array, limits: PhotoLimits = PHOTO_LIMITS): Promise<PhotoInspection> {
  if (bytes.length === 0) return rejectPhoto('content.photo-empty', limits);
  if (bytes.length > limits.maxBytes) return rejectPhoto('content.photo-too-heavy', limits);
  const format = recogniseFormat(bytes);
  if (!format.type) return rejectPhoto('content.photo-type-unsupported', limits, format.name);
  const header = await readHeader(bytes, format.type, limits);
  if (typeof header === 'string') return rejectPhoto(header, limits);
  return inTurn(() => writeAnew(bytes, format.type, header, limits));
}

/** Everything that can be refused without decoding a pixel, so that a small file cannot ask for a lot of memory. */
async function readHeader(bytes: Uint8Array, type: PhotoType, limits: PhotoLimits): Promise<Metadata | PhotoRejectionCode> {
  if (isAnimated(bytes, type)) return 'content.photo-animated';
  if (type === 'image/jpeg' && countJpegScans(bytes) > limits.maxScans) return 'content.photo-too-complex';
  try {
    // No pixel limit here: the sides are judged below, with a message that names them.
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (header.mediaType !== type) return 'content.photo-damaged';
    if ((header.pages ?? 1) > 1) return 'content.photo-animated';
    return judgeSides(header.width, header.height, limits) ?? header;
  } catch {
    return 'content.photo-damaged';
  }
}

async function writeAnew(bytes: Uint8Array, type: PhotoType, header: Metadata, limits: PhotoLimits): Promise<PhotoInspection> {
  const picture = sharp(bytes, { limitInputPixels: limits.maxPixels, failOn: 'warning' })
    .timeout({ seconds: limits.maxSeconds })
    .autoOrient();
  try {
    // Colours become sRGB and metadata is dropped because nothing here asks sharp to keep either.
    const published = publishedType(type, header, bytes);
    const { data, info } = await encoded(picture, published, header).toBuffer({ resolveWithObject: true });
    if (data.length > limits.maxBytes) return rejectPhoto('content.photo-too-heavy', limits);
    const sha256 = createHash('sha256').update(data).digest('hex');
    return { kind: 'accepted', bytes: data, type: published, width: info.width, height: info.height, sha256 };
  } catch (error) {
    const slow = error instanceof Error && error.message.startsWith('timeout');
    return rejectPhoto(slow ? 'content.photo-too-complex' : 'content.photo-damaged', limits);
  }
}

/** VK and OK take no WebP, so it becomes what it resembles: a drawing PNG, a photo JPEG. */
function publishedType(type: PhotoType, header: Metadata, original: Uint8Array): PublishedPhotoType {
  if (type !== 'image/webp') return type;
  return header.hasAlpha || isLosslessWebp(original) ? 'image/png' : 'image/jpeg';
}

function encoded(picture: Sharp, type: PublishedPhotoType, header: Metadata): Sharp {
  switch (type) {
    case 'image/jpeg':
      // Optimised coding saves 3 % and holds the whole picture in memory: 280 MB instead of 35 for 45 megapixels. Full colour
      // resolution is kept where it was, because red letters on posters smear without it.
      return picture.jpeg({
        quality: 90,
        chromaSubsampling: header.chromaSubsampling === '4:4:4' ? '4:4:4' : '4:2:0',
        optimiseCoding: false,
      });
    case 'image/png':
      return picture.png();
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One picture at a time: decoded it can take hundreds of megabytes, and sharp alone would start one per libuv thread. */
function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const turn = last.then(task);
  last = turn.catch(() => undefined);
  return turn;
}
