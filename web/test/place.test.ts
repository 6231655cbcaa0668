import { describe, expect, it } from "vitest";
import type { BulletinFigure } from "@/api/contract";
import { placeOfFigure, placeOfSpot } from "@/features/figures/place";

const figure = (more: Partial<BulletinFigure>): BulletinFigure => ({
  id: "F001", label: "Figure", text: "11.8", kind: "percent", numerator: 13, denominator: 110, measure: "connection", side: "in", categories: [], outside_cities: false, kind_unknown: false, span: { offset: 0, len: 4 }, ...more,
});

describe("the lists behind a printed figure", () => {
  it("of a rate are those counted and those not", () => {
    const lists = placeOfFigure(figure({ category: "university" }))?.lists ?? [];
    expect(lists.map((one) => [one.name, one.count, one.query.value])).toEqual([["inside", 13, "in"], ["outside", 97, "out"]]);
  });
  it("of a kind's share are the kind and the whole category", () => {
    const place = placeOfFigure(figure({ kind: "kind_share", category: "university", ownership: "public", study_level: "undergraduate" }));
    expect(place?.percent_text).toBe("11.8");
    const [inside, whole] = place?.lists ?? [];
    expect(inside?.query).toMatchObject({ ownership: "public", value: "in" });
    expect(whole).toMatchObject({ name: "whole", count: 110, query: { category: "university", value: "all" } });
    expect(whole?.query.ownership).toBeUndefined();
  });
  it("of a count of a population is the population", () => expect(placeOfFigure(figure({ kind: "count", denominator: null, side: "all" }))?.lists).toMatchObject([{ query: { value: "all" } }]));
  it("do not exist for days; of a difference there is the one that is counted", () => {
    expect(placeOfFigure(figure({ kind: "days", measure: null }))).toBeNull();
    expect(placeOfFigure(figure({ measure: "duty", minus: "effective_duty", denominator: null, kind: "count" }))?.lists).toMatchObject([{ name: "inside", query: { measure: "duty", minus: "effective_duty", value: "in" } }]);
  });
  it("of a table's cell carry its region", () => {
    const place = placeOfSpot({ measure: "duty", category: null, region_id: "c1", outside_cities: false, title: "t", numerator: 1, denominator: 3, percent_text: "33.3" });
    expect(place.lists[1]).toMatchObject({ name: "outside", count: 2, query: { region_id: "c1", value: "out" } });
  });
});
