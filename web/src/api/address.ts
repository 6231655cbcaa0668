// The query part of an address, for files that are fetched by address.

type Value = string | number | boolean | undefined | null;

/** `?a=1&b=2` of what is set; empty when nothing is. */
export function queryText(query: Record<string, Value>): string {
  const set = Object.entries(query).filter((pair): pair is [string, string | number | true] => pair[1] !== undefined && pair[1] !== null && pair[1] !== "" && pair[1] !== false);
  return set.length === 0 ? "" : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}`;
}
