const STEP = 1024;
const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** `700 MB`: at most one decimal, binary steps. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1).replace(/\.0$/, "")} ${UNITS[unit] ?? ""}`;
}
