import sharp from 'sharp';
import type { PhotoUpload } from '../../src/networks/media.js';

/** A real picture; another width makes another file. */
export async function aPicture(type: PhotoUpload['type'], width = 60, height = 40): Promise<PhotoUpload> {
  const blank = sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } });
  const format = type === 'image/jpeg' ? 'jpeg' : type === 'image/png' ? 'png' : 'webp';
  return { bytes: await blank.toFormat(format).toBuffer(), type };
}
