// Percentages from exact integers, the way the bulletin prints them: one decimal, half up, no trailing ".0".

const TENTHS_OF_PERCENT = 1000;
const TENTHS = 10;

/** `84.2`, `67`, `0`; null when nothing is counted. Exact as long as the counts stay below 2^53 / 2000. */
export function percentText(numerator: number, denominator: number): string | null {
  if (denominator <= 0) return null;
  const tenths = Math.floor((2 * numerator * TENTHS_OF_PERCENT + denominator) / (2 * denominator));
  const whole = Math.floor(tenths / TENTHS);
  const rest = tenths % TENTHS;
  return rest === 0 ? String(whole) : `${whole}.${rest}`;
}

/** Share for drawing, clamped to 0…1. */
export function share(numerator: number, denominator: number): number {
  return denominator <= 0 ? 0 : Math.min(1, Math.max(0, numerator / denominator));
}
