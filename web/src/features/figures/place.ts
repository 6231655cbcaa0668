// Which figure is meant: a cell of a table, a point of a line, or a number printed in a bulletin. Pure.
import type { BulletinFigure, UnitsQuery } from "@/api/contract";
import { percentText } from "@/ui/percent";

/** One list of units behind a figure: those counted, those not, or the whole that a share is of. */
export interface UnitList {
  name: "inside" | "outside" | "whole";
  /** How many it has; none where the figure does not say. */
  count: number | null;
  query: UnitsQuery;
}
export interface Place {
  measure: string;
  /** What the drawer is called: category and city in words. */
  title: string;
  numerator: number;
  /** None for a plain count. */
  denominator: number | null;
  percent_text: string | null;
  /** SHA-256 over the ids of the units counted, where the figure stands in a sealed bulletin. */
  rows_hash: string | null;
  /** Categories to choose one of, where the figure counts several. */
  categories: string[];
  lists: UnitList[];
}

/** A cell of a table or a point of a trend. */
export interface Spot {
  measure: string;
  category: string | null;
  region_id: string | null;
  outside_cities: boolean;
  title: string;
  numerator: number;
  denominator: number;
  percent_text: string | null;
}

export function placeOfSpot(spot: Spot): Place {
  const { measure, title, numerator, denominator, percent_text } = spot;
  const query: UnitsQuery = { measure, category: spot.category ?? undefined, region_id: spot.region_id ?? undefined, outside_cities: spot.outside_cities || undefined };
  return { measure, title, numerator, denominator, percent_text, rows_hash: null, categories: [], lists: ratioLists(query, numerator, denominator) };
}

function ratioLists(query: UnitsQuery, numerator: number, denominator: number): UnitList[] {
  return [
    { name: "inside", count: numerator, query: { ...query, value: "in" } },
    { name: "outside", count: denominator - numerator, query: { ...query, value: "out" } },
  ];
}

/** The units behind a printed figure; none where it counts no units (days, alarms). */
export function placeOfFigure(figure: BulletinFigure): Place | null {
  if (!figure.measure) return null;
  const measure = figure.measure;
  const denominator = figure.denominator ?? null;
  const where = { measure, region_id: figure.region_id ?? undefined, outside_cities: figure.outside_cities || undefined };
  const query: UnitsQuery = { ...where, category: figure.category ?? undefined, ownership: figure.ownership ?? undefined, study_level: figure.study_level ?? undefined, minus: figure.minus ?? undefined };
  const printed = figure.kind.endsWith("share") || figure.kind === "percent";
  return {
    measure,
    title: figure.label,
    numerator: figure.numerator,
    denominator,
    percent_text: denominator === null ? null : printed ? figure.text : percentText(figure.numerator, denominator),
    rows_hash: figure.rows_hash ?? null,
    categories: figure.categories ?? [],
    lists: figureLists(figure, query, denominator),
  };
}

function figureLists(figure: BulletinFigure, query: UnitsQuery, denominator: number | null): UnitList[] {
  const inside: UnitList = { name: "inside", count: figure.numerator, query: { ...query, value: figure.side === "all" ? "all" : "in" } };
  // What a difference leaves out has no list of its own.
  if (denominator === null || query.minus) return [inside];
  // A share is of a whole that the numerator is a kind of: the whole category, or everything the measure counts.
  if (figure.kind === "kind_share") return [inside, { name: "whole", count: denominator, query: { ...query, ownership: undefined, study_level: undefined, value: "all" } }];
  if (figure.kind === "total_share") return [inside, { name: "whole", count: denominator, query: { measure: query.measure, value: "in" } }];
  return ratioLists(query, figure.numerator, denominator);
}
