/** A picture that stands on every report of a client. Whoever has its hash gets these bytes, for ever. */
export interface Logo {
  /** Of its bytes. */
  readonly sha256: string;
  readonly type: 'image/png' | 'image/jpeg';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** A logo with its bytes. */
export interface LogoPicture extends Logo {
  readonly bytes: Uint8Array;
}

interface Sides {
  readonly width: number;
  readonly height: number;
}

const MOST_BYTES = 512 * 1024;
const SIDES = { least: 64, most: 4_000 };
/** Millimetres that it may take on paper. */
const PLACE = { width: 70, height: 14 };

/** Why a file can't be a logo. */
export function whyNoLogo(
  file: { readonly kind: string; readonly type: string; readonly bytes: number } & {
    readonly [side in keyof Sides]: number | null;
  },
): string | undefined {
  const { width, height } = file;
  if (file.kind !== 'photo' || width === null || height === null) return 'A logo is a PNG or JPEG picture';
  if (file.bytes > MOST_BYTES) return `A logo has at most ${MOST_BYTES / 1024} KiB`;
  if (Math.min(width, height) < SIDES.least || Math.max(width, height) > SIDES.most)
    return `A logo’s sides are ${SIDES.least} to ${SIDES.most} pixels long`;
  if (width > 8 * height || height > 2 * width)
    return 'A logo is at most 8 times as wide as high, and at most twice as high as wide';
  return undefined;
}

/** Millimetres on paper. */
export function logoSize({ width, height }: Sides): Sides {
  const scale = Math.min(PLACE.width / width, PLACE.height / height);
  const hundredths = (side: number): number => Math.round(side * scale * 100) / 100;
  return { width: hundredths(width), height: hundredths(height) };
}

/** As it stands in a page that reads nothing from elsewhere. */
export function dataUrl({ type, bytes }: LogoPicture): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}
