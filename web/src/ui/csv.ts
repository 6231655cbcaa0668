// Tables as CSV for spreadsheets: quoted where needed, and no field that a spreadsheet would run as a formula. Pure.

const RUNS_AS_FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\n\r]/;
const BYTE_ORDER_MARK = "\uFEFF";

function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const safe = RUNS_AS_FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** With a byte order mark: without it the office programs read Chinese as GBK. */
export function csv(rows: (string | number)[][]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}
