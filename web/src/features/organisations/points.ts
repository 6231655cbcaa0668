// Hundredths of a point as people read them. Pure.

const HUNDRED = 100;

/** `9592` → `95.92`. */
export function points(hundredths: number): string {
  return (hundredths / HUNDRED).toFixed(2);
}
