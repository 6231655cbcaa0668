import { describe, expect, it } from "vitest";
import { asProblem, problemOf } from "@/api/problem";
import { homeOf, MENU } from "@/app/menu";
import { drawnBoxes } from "@/features/alarms/boxes";
import { dueCall } from "@/features/alarms/sound";
import { moments } from "@/features/alarms/timeline";
import { passwordTrouble } from "@/features/entry/passwords";
import { filterOf } from "@/features/units/filter";
import { regionTree } from "@/features/units/regions";
import en from "@/locales/en";
import zh from "@/locales/zh";
import { bytesText } from "@/ui/bytes";
import { alarmOf } from "./alarm";

describe("boxes over the picture", () => {
  const picture = { width: 1280, height: 720 };
  it("come as parts of it or as its pixels", () => {
    const drawn = { left: 50, top: 25, width: 10, height: 50, label: "flame" };
    expect(drawnBoxes([[0.5, 0.25, 0.1, 0.5, "flame"]], picture)).toEqual([drawn]);
    expect(drawnBoxes([[640, 180, 128, 360, "flame"]], picture)).toEqual([drawn]);
  });
});

describe("the sound", () => {
  it("calls at once, then again at its own pace", () => {
    expect(dueCall([1, 2], null, 0)).toBe(1);
    expect(dueCall([1], 0, 3_000)).toBeNull();
    expect(dueCall([1], 0, 4_000)).toBe(1);
    expect(dueCall([2], 0, 4_000)).toBeNull();
  });
  it("keeps silent for levels 3 and 4 and for nothing", () => {
    expect(dueCall([3, 4], null, 0)).toBeNull();
    expect(dueCall([], null, 0)).toBeNull();
  });
});

describe("the time line", () => {
  it("marks T0 to T7 and the spans that are judged", () => {
    const { times } = alarmOf();
    const line = moments(times, { discovery_ms: 410, take_ms: null, verify_ms: null, arrive_ms: null, handle_ms: null, close_ms: null });
    expect(line.map((one) => one.mark)).toEqual(["T0", "T1", "T2", "T3", "T4", "T5", "T6", "T7"]);
    expect(line[1]?.span).toEqual({ name: "discovery_ms", ms: 410 });
    expect(line[3]?.span).toBeNull();
  });
});

describe("the menu", () => {
  it("brings guards to the desk and others to what they may see", () => {
    expect(homeOf(["see_units", "see_alarms", "work_alarms"])).toBe("/alarms");
    expect(homeOf(["see_units", "see_figures"])).toBe("/overview");
    expect(homeOf(["manage_users"])).toBe("/system");
    expect(homeOf([])).toBe("/password");
  });
  it("has a word for every entry", () => {
    for (const entry of MENU) expect(Object.keys(zh.menu)).toContain(entry.name);
  });
});

describe("the two languages", () => {
  const keysOf = (node: object, path = ""): string[] =>
    Object.entries(node).flatMap(([key, value]) => (typeof value === "object" && value !== null ? keysOf(value as object, `${path}${key}.`) : [`${path}${key}`]));
  const blanksOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  const textAt = (node: object, key: string): string => String(key.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], node));

  it("have the same keys", () => expect(keysOf(en)).toEqual(keysOf(zh)));
  it("have the same blanks to fill", () => {
    for (const key of keysOf(zh)) expect([key, blanksOf(textAt(en, key))]).toEqual([key, blanksOf(textAt(zh, key))]);
  });
  it("use no sign the message format reads as its own", () => {
    for (const key of keysOf(zh)) for (const words of [en, zh]) expect([key, /[|@]/.test(textAt(words, key))]).toEqual([key, false]);
  });
});

describe("problems", () => {
  it("keep the server's code", () => {
    expect(problemOf(409, { type: "about:blank", title: "Conflict", status: 409, code: "conflict", detail: "stale", fields: [] })).toMatchObject({ code: "conflict", detail: "stale" });
  });
  it("name a lost network and a foreign answer", () => {
    expect(asProblem(new TypeError("Failed to fetch")).code).toBe("network");
    expect(problemOf(503, "<html>").code).toBe("unavailable");
    expect(problemOf(500, null).code).toBe("internal");
  });
});

describe("small things", () => {
  it("a new password is long and said twice", () => {
    expect(passwordTrouble("short", "short")).toBe("entry.passwordShort");
    expect(passwordTrouble("long enough to keep", "long enough to kee")).toBe("entry.passwordDiffers");
    expect(passwordTrouble("long enough to keep", "long enough to keep")).toBeNull();
  });
  it("bytes read in steps of 1024", () => expect([0, 1023, 1024, 734_003_200].map(bytesText)).toEqual(["0 B", "1023 B", "1 KB", "700 MB"]));
  it("a link sets only known filters", () => expect(filterOf({ category: "kindergarten", evil: "x", duty: "" })).toEqual({ category: "kindergarten" }));
  it("regions nest in the server's order, orphans on top", () => {
    const region = (id: string, parent_id: string | null, order: number) => ({ id, parent_id, order, level: "city", name: id, short_name: id, code: null });
    expect(regionTree([region("b", "p", 2), region("a", "p", 1), region("p", "unseen", 0)])).toEqual([{ value: "p", label: "p", children: [{ value: "a", label: "a" }, { value: "b", label: "b" }] }]);
  });
});
