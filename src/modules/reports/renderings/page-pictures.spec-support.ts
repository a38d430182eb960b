/** How dark the parts of a page are: 0 black to 255 white, row by row. */
export type PagePicture = readonly (readonly number[])[];

/** A4 in parts of 8 by 8 points or so: a line of text is seen, a hair is not. */
const [COLUMNS, ROWS] = [72, 102];

/** Its mean, 0 to 255, over all parts, and the share of parts that anybody sees to be others. */
export interface Difference {
  readonly mean: number;
  readonly changed: number;
}

const VISIBLE = 24;

export function differenceOf(one: PagePicture, other: PagePicture): Difference {
  const parts = one.flatMap((row, y) => row.map((light, x) => Math.abs(light - (other[y]?.[x] ?? 0))));
  const changed = parts.filter((part) => part > VISIBLE).length / parts.length;
  return { mean: parts.reduce((sum, part) => sum + part, 0) / parts.length, changed };
}

/** One character a part: as a file it can be looked at, and shows in a review what moved. */
const SHADES = '@%#WMXkbwcvo*+=~-:,. ';

/** Pages below each other, with a line between. */
export function drawnPages(pictures: readonly PagePicture[]): string {
  const line = (row: readonly number[]): string =>
    row
      .map((light) => SHADES[Math.round((light / 255) * (SHADES.length - 1))])
      .join('')
      .trimEnd();
  return `${pictures.map((picture) => picture.map(line).join('\n')).join(`\n${'—'.repeat(COLUMNS)}\n`)}\n`;
}

export function readPages(drawn: string): PagePicture[] {
  const light = (shade: string): number => (SHADES.indexOf(shade) / (SHADES.length - 1)) * 255;
  return drawn.split(`\n${'—'.repeat(COLUMNS)}\n`).map((page) => {
    const rows = page.split('\n');
    return Array.from({ length: ROWS }, (_, y) => [...(rows[y] ?? '').padEnd(COLUMNS)].map(light));
  });
}

/** A page as a person sees it from afar. @param pixels a byte for each */
export function shrunk(pixels: Uint8Array, width: number, height: number): PagePicture {
  return Array.from({ length: ROWS }, (_, row) =>
    Array.from({ length: COLUMNS }, (__, column) => {
      const [left, right] = [Math.floor((column * width) / COLUMNS), Math.floor(((column + 1) * width) / COLUMNS)];
      const [top, bottom] = [Math.floor((row * height) / ROWS), Math.floor(((row + 1) * height) / ROWS)];
      let sum = 0;
      for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) sum += pixels[y * width + x]!;
      return sum / ((right - left) * (bottom - top));
    }),
  );
}
