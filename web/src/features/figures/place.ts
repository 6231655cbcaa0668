// Which cell of a figure table is meant. Pure.
import type { Cell } from "@/api/types";

export interface Place {
  measure: string;
  category: string | null;
  region_id: string | null;
  /** Only units that belong to no city. */
  outside_cities: boolean;
  /** What the drawer is called: category and city in words. */
  title: string;
  cell: Pick<Cell, "numerator" | "denominator" | "percent_text">;
}
