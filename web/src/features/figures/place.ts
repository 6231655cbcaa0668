// Which cell of a figure table is meant. Pure.
import type { Cell } from "@/api/types";

export interface Place {
  measure: string;
  category: string | null;
  region_id: string | null;
  /** What the drawer is called: category and city in words. */
  title: string;
  cell: Pick<Cell, "numerator" | "denominator" | "percent_text">;
}
