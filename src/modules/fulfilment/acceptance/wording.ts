/** 12345678 → `123 456,78`; spaces don't break. */
export function rubles(kopecks: bigint): string {
  const whole = (kopecks / 100n).toString().replaceAll(/\B(?=(?:\d{3})+$)/g, '\u00a0');
  return `${whole},${String(kopecks % 100n).padStart(2, '0')}`;
}
