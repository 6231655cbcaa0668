// The difference of two snapshots as lines of a table. Pure.
import type { Change, ComparedRow, ThreeCounts } from "@/api/contract";

export interface ComparedLine {
  key: string;
  category: string;
  /** None: the whole category. */
  place: { region_id: string | null; name: string } | null;
  from: ThreeCounts;
  to: ThreeCounts;
}

const COUNTED = ["total", "connected", "duty"] as const;
const nothing = (): ThreeCounts => ({ total: 0, connected: 0, duty: 0 });

function add(sum: ThreeCounts, counts: ThreeCounts): ThreeCounts {
  return { total: sum.total + counts.total, connected: sum.connected + counts.connected, duty: sum.duty + counts.duty };
}

export function moved(line: Pick<ComparedLine, "from" | "to">): boolean {
  return COUNTED.some((one) => line.from[one] !== line.to[one]);
}

/** Categories in the order they come, each with its sum first; places without a difference only when all are wanted. */
export function comparedLines(rows: ComparedRow[], provincial: string, all: boolean): ComparedLine[] {
  const categories = [...new Set(rows.map((row) => row.category))];
  return categories.flatMap((category) => {
    const places = rows.filter((row) => row.category === category);
    const sum: ComparedLine = {
      key: category, category, place: null,
      from: places.reduce((counts, row) => add(counts, row.from), nothing()),
      to: places.reduce((counts, row) => add(counts, row.to), nothing()),
    };
    const lines = places
      .filter((row) => all || moved(row))
      .map((row) => ({ key: `${category}/${row.city?.region_id ?? ""}`, category, place: { region_id: row.city?.region_id ?? null, name: row.city?.name ?? provincial }, from: row.from, to: row.to }));
    return [sum, ...lines];
  });
}

/** Which units explain a difference of this count. */
export function changesOf(count: keyof ThreeCounts): Change[] {
  if (count === "total") return ["added", "removed", "moved"];
  return count === "connected" ? ["connected", "disconnected"] : ["duty_gained", "duty_lost"];
}
