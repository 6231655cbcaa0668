// Which figure is meant: a cell of a table, a point of a line, or a number printed in a bulletin. Pure.
import type { UnitsQuery } from "@/api/contract";

export interface Place {
  measure: string;
  category: string | null;
  region_id: string | null;
  /** Only units that belong to no city. */
  outside_cities: boolean;
  ownership?: string | null;
  study_level?: string | null;
  /** What the drawer is called: category and city in words. */
  title: string;
  numerator: number;
  /** None for a plain count: then only the units counted are asked for. */
  denominator: number | null;
  percent_text: string | null;
  /** SHA-256 over the ids of the units counted, where the figure stands in a bulletin. */
  rows_hash?: string | null;
}

/** The units behind it, as the server is asked for them. */
export function unitsQuery(place: Place, value: "in" | "out"): UnitsQuery {
  return {
    measure: place.measure,
    value,
    category: place.category ?? undefined,
    region_id: place.region_id ?? undefined,
    outside_cities: place.outside_cities || undefined,
    ownership: place.ownership ?? undefined,
    study_level: place.study_level ?? undefined,
  };
}
