import { describe, expect, it } from "vitest";
import type { FigureTableView, TrendPoint } from "@/api/contract";
import { changesOf, comparedLines } from "@/features/figures/comparison";
import { CHART, plot } from "@/features/figures/chart";
import { beijingMoment } from "@/ui/wallClock";
import { tableRows } from "@/features/figures/tableCsv";
import { marks } from "@/features/lint/marks";
import { csv } from "@/ui/csv";
import { pointsText } from "@/ui/points";

describe("points and moments", () => {
  it.each([[125, "+1.25"], [-50, "-0.5"], [300, "+3"], [0, "0"], [null, ""]])("%s hundredths read %s", (points, text) => expect(pointsText(points)).toBe(text));
  it("a wall clock is Beijing's", () => {
    expect(beijingMoment("2026-09-02T18:00:00")).toBe("2026-09-02T18:00:00+08:00");
    expect(beijingMoment("2026-09-02T18:00")).toBe("2026-09-02T18:00:00+08:00");
    expect(beijingMoment("2.9.2026")).toBeNull();
    expect(beijingMoment(null)).toBeNull();
  });
});

describe("a sheet of comma-separated values", () => {
  it("runs no formula and keeps its quotes", () => expect(csv([["=1+1", 'say "hi"', -3]])).toBe('\uFEFF\'=1+1,"say ""hi""",-3\r\n'));
  it("has one line a figure and none for empty populations", () => {
    const empty = { numerator: 0, denominator: 0, percent_text: null };
    const cell = { numerator: 1, denominator: 2, percent_text: "50", change_points: -25, rank: 1 };
    const figures: FigureTableView = {
      snapshot: {
        id: "s", as_of: "", taken_at: "", taken_by: "", units: 2, hash: "", synthetic: false,
        provenance: { connection: { observed: 0, reported: 2, confirmed: 0 }, duty: { observed: 0, reported: 2, confirmed: 0 } },
        alarms: { until: "", raised: 0, late: 0, open: 0, late_open: 0 }, parts: { register_hash: "", connection_hash: "", duty_hash: "", alarms_hash: "" },
      },
      measure: "connection", by: "city", definition_zh: "", definition_en: "",
      rows: [{ category: "university", total: cell, cities: [{ region_id: "c", name: "City", cell: empty }], outside_cities: empty }],
      total: cell, by_city_total: [], outside_cities: empty,
    };
    const rows = tableRows(figures, { head: ["h"], category: (code) => code.toUpperCase(), total: "all", outside: "province" });
    expect(rows).toEqual([["h"], ["UNIVERSITY", "all", 1, 2, "50", "-0.25", 1], ["all", "all", 1, 2, "50", "-0.25", 1]]);
  });
});

describe("the difference of two snapshots", () => {
  const counts = (total: number, connected: number) => ({ total, connected, duty: 0 });
  const rows = [
    { category: "kindergarten", city: { region_id: "a", name: "A" }, from: counts(10, 4), to: counts(10, 6) },
    { category: "kindergarten", city: null, from: counts(1, 1), to: counts(1, 1) },
  ];
  it("sums a category and leaves out places where nothing moved", () => {
    const lines = comparedLines(rows, "province", false);
    expect(lines.map((line) => line.place?.name ?? "sum")).toEqual(["sum", "A"]);
    expect(lines[0]?.to).toEqual(counts(11, 7));
    expect(comparedLines(rows, "province", true)).toHaveLength(3);
  });
  it("names the changes that explain a count", () => expect(changesOf("connected")).toEqual(["connected", "disconnected"]));
});

describe("the trend line", () => {
  const point = (day: string, numerator: number, denominator = 100): TrendPoint => ({ snapshot_id: day, as_of: `${day}T00:00:00Z`, numerator, denominator, percent_text: String(numerator) });
  const inside = ({ x, y }: { x: number; y: number }): boolean => x >= CHART.left && x <= CHART.width - CHART.right && y >= CHART.top && y <= CHART.height - CHART.bottom;
  it("stays inside its frame, with and without a forecast", () => {
    const points = [point("2026-11-01", 41), point("2026-11-08", 44), point("2026-11-15", 0, 0)];
    const drawn = plot(points, { deadline: "2026-12-31", at_deadline_percent: 72.4 });
    expect(drawn.spots).toHaveLength(2);
    expect([...drawn.spots, drawn.ahead_end ?? { x: 0, y: 0 }].every(inside)).toBe(true);
    expect(plot(points, { deadline: null, at_deadline_percent: null }).ahead).toBeNull();
  });
  it("draws one point, none, and rates that never change", () => {
    expect(plot([point("2026-11-01", 100)], { deadline: null, at_deadline_percent: null }).spots.every(inside)).toBe(true);
    expect(plot([point("2026-11-01", 0), point("2026-11-02", 0)], { deadline: null, at_deadline_percent: null }).spots.every(inside)).toBe(true);
    expect(plot([], { deadline: null, at_deadline_percent: null }).spots).toEqual([]);
  });
  it("ignores a deadline that has passed", () => expect(plot([point("2026-11-01", 50)], { deadline: "2026-08-31", at_deadline_percent: 40 }).deadline_x).toBeNull());
});

describe("marks in a line of a notice", () => {
  const marked = (line: string, figures: string[]): string[] => marks(line, figures).filter((one) => one.marked).map((one) => one.text);
  it("finds figures that stand alone", () => expect(marked("接入 65 所，1650 所，65.4%，65%。", ["65"])).toEqual(["65", "65"]));
  it("prefers the longer figure and loses no text", () => {
    const pieces = marks("共12253家，2400余条", ["2400", "2400余", "12253"]);
    expect(pieces.map((one) => one.text).join("")).toBe("共12253家，2400余条");
    expect(pieces.filter((one) => one.marked).map((one) => one.text)).toEqual(["12253", "2400余"]);
  });
});
