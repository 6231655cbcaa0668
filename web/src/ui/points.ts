// Differences in hundredths of a percentage point, with sign, trailing zeros dropped. Pure.

const HUNDREDTHS = 100;

/** `+1.25`, `-0.5`, `0`; nothing where there is nothing to compare with. */
export function pointsText(points: number | null | undefined): string {
  if (points === null || points === undefined) return "";
  const size = Math.abs(points);
  const rest = String(size % HUNDREDTHS).padStart(2, "0").replace(/0+$/, "");
  const whole = Math.floor(size / HUNDREDTHS);
  const sign = points > 0 ? "+" : points < 0 ? "-" : "";
  return `${sign}${whole}${rest === "" ? "" : `.${rest}`}`;
}

/** `+3`, `-2`, `0`. */
export function signed(count: number): string {
  return count > 0 ? `+${count}` : String(count);
}
