import sharp, { type Sharp } from 'sharp';

const [WIDTH, HEIGHT] = [1_600, 1_067];

/** Where the first photo says that it was taken. */
export const PLACE = '53°11′ N, 158°23′ E';

/** Three drawn views of a town by the ocean; the first carries a camera's EXIF with GPS, as photos from telephones do. */
export async function drawPhotos(): Promise<{ name: string; bytes: Buffer<ArrayBuffer> }[]> {
  const exif = {
    IFD0: { Make: 'Vestnik', Model: 'Demo' },
    IFD3: {
      ...{ GPSLatitudeRef: 'N', GPSLatitude: '53/1 11/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '158/1 23/1 0/1' },
      GPSMapDatum: 'WGS-84',
    },
  };
  return [
    { name: 'бухта-на-рассвете.jpg', bytes: await draw(morning()).withExif(exif).jpeg().toBuffer() },
    { name: 'площадь-вечером.jpg', bytes: await draw(evening()).jpeg().toBuffer() },
    { name: 'флажки-над-сценой.jpg', bytes: await draw(flags()).jpeg().toBuffer() },
  ] as { name: string; bytes: Buffer<ArrayBuffer> }[];
}

/** Whether a picture tells where it was taken. */
export async function tellsPlace(bytes: Buffer): Promise<boolean> {
  const { exif } = await sharp(bytes).metadata();
  return exif?.includes('WGS-84') ?? false;
}

/** Whether a picture carries any metadata that a camera or an editor would leave in it. */
export async function hasMetadata(bytes: Buffer): Promise<boolean> {
  const { exif, iptc, xmp } = await sharp(bytes).metadata();
  return [exif, iptc, xmp].some((block) => block !== undefined);
}

function draw(shapes: string): Sharp {
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${shapes}</svg>`));
}

function sky(top: string, bottom: string): string {
  return `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/>
    <stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>`;
}

/** A volcano with snow on its top, the sun beside it and the bay in front. */
function morning(): string {
  const waves = [790, 850, 920, 1_000].map(
    (y, i) =>
      `<path d="M0 ${y} q200 -${18 - i * 3} 400 0 t400 0 t400 0 t400 0" fill="none" stroke="#ffffff" stroke-opacity="0.35" stroke-width="5"/>`,
  );
  return `${sky('#4a78b8', '#ffd9a8')}
    <circle cx="1180" cy="430" r="92" fill="#fff1c9"/>
    <path d="M180 740 L620 250 Q670 215 720 250 L1240 740 Z" fill="#5b6f94"/>
    <path d="M490 395 L620 250 Q670 215 720 250 L872 393 L800 370 L740 430 L670 370 L600 440 L555 380 Z" fill="#f7fbff"/>
    <path d="M0 740 Q300 640 620 705 T1200 690 T1600 720 V760 H0 Z" fill="#3d5c4c"/>
    <rect y="740" width="${WIDTH}" height="${HEIGHT - 740}" fill="#3f7fae"/>${waves.join('')}`;
}

/** Houses with lit windows under the first stars. */
function evening(): string {
  const houses = [0, 1, 2, 3, 4, 5].map((i) => house(90 + i * 245, [330, 420, 280, 380, 460, 310][i]!, i));
  const stars = Array.from(
    { length: 40 },
    (_, i) => `<circle cx="${(i * 397) % WIDTH}" cy="${(i * 131) % 430}" r="${2 + (i % 3)}" fill="#fff"/>`,
  );
  return `${sky('#141e46', '#8d5a97')}${stars.join('')}${houses.join('')}
    <rect y="900" width="${WIDTH}" height="170" fill="#4d4876"/>
    <path d="M760 900 L830 690 L900 900 Z" fill="#1f6b4a"/><path d="M775 820 L830 620 L885 820 Z" fill="#26805a"/>`;
}

function house(x: number, height: number, turn: number): string {
  const windows = [0, 1, 2].flatMap((column) =>
    [0, 1, 2].map((row) => {
      const lit = (column + row + turn) % 3 !== 0;
      return `<rect x="${x + 24 + column * 58}" y="${940 - height + row * 78}" width="36" height="46" rx="4" fill="${lit ? '#ffd98a' : '#3b4570'}"/>`;
    }),
  );
  return `<rect x="${x}" y="${900 - height}" width="210" height="${height}" rx="6" fill="#27305c"/>${windows.join('')}`;
}

/** Garlands of flags over a stage. */
function flags(): string {
  const colours = ['#e4572e', '#f3b700', '#2e86ab', '#7fb069', '#ffffff'];
  const garlands = [150, 330, 510].flatMap((top, row) =>
    Array.from({ length: 16 }, (_, i) => {
      const [x, sag] = [i * 104 - row * 34, Math.round(70 * Math.sin((Math.PI * i) / 15))];
      return `<path d="M${x} ${top + sag} h78 l-39 96 Z" fill="${colours[(i + row) % colours.length]}"/>`;
    }),
  );
  return `${sky('#7cc4f0', '#e9f7ff')}<rect y="860" width="${WIDTH}" height="210" fill="#86b86b"/>
    <path d="M420 860 V700 H1180 V860 Z" fill="#a9714b"/><path d="M380 700 H1220 L1150 640 H450 Z" fill="#c98f63"/>${garlands.join('')}`;
}
