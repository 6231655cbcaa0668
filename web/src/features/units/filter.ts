// The register's filter, and how a link from another page sets it. Pure.

export interface UnitFilter {
  region_id?: string;
  category?: string;
  connection?: string;
  duty?: string;
  q?: string;
}

const NAMES = ["region_id", "category", "connection", "duty", "q"] as const;

export function filterOf(query: Record<string, unknown>): UnitFilter {
  const filter: UnitFilter = {};
  for (const name of NAMES) {
    const value = query[name];
    if (typeof value === "string" && value !== "") filter[name] = value;
  }
  return filter;
}
