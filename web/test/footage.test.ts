import { describe, expect, it } from "vitest";
import { footageCommand, otherSpeed } from "@/features/recordings/keys";
import { following, lengthText, moved, nextOf, ticks, zoomed } from "@/features/recordings/window";
import { filmName, filmOf, momentAt, positionAt, recordedFrom, skipped } from "@/player/footage";

const day = { from_ms: Date.parse("2026-11-23T00:00:00+08:00"), to_ms: Date.parse("2026-11-24T00:00:00+08:00") };
const at = (clock: string): number => Date.parse(`2026-11-23T${clock}+08:00`);
const press = (key: string, change = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, ...change });

describe("films of footage", () => {
  it("are ten minutes of the clock, cut where the footage ends", () => {
    expect(filmOf(at("10:03:20"), at("12:00:00"))).toEqual({ from_ms: at("10:00:00"), to_ms: at("10:10:00") });
    expect(filmOf(at("10:03:20"), at("10:04:00"))).toEqual({ from_ms: at("10:00:00"), to_ms: at("10:04:00") });
  });

  it("are playlists for Apple's players only", () => {
    expect(["Apple Computer, Inc.", "Google Inc.", ""].map(filmName)).toEqual(["recording.m3u8", "recording.mp4", "recording.mp4"]);
  });

  it("never reach beyond the day", () => {
    const last_ms = day.to_ms - 200;
    expect(filmOf(last_ms, last_ms).to_ms).toBe(day.to_ms);
  });

  it("go on where the film before was cut", () => {
    expect(filmOf(at("10:04:00"), at("10:06:00"), at("10:04:00"))).toEqual({ from_ms: at("10:04:00"), to_ms: at("10:06:00") });
  });

  it("begin after a hole where the footage goes on", () => {
    const recorded = [{ from_ms: at("08:00:00"), to_ms: at("09:00:00") }, { from_ms: at("09:30:00"), to_ms: at("10:00:00") }];
    expect(recordedFrom(recorded, at("08:30:00"))).toBe(at("08:30:00"));
    expect(recordedFrom(recorded, at("09:10:00"))).toBe(at("09:30:00"));
    expect(recordedFrom(recorded, at("10:00:00"))).toBeNull();
  });
});

describe("the clock of the picture", () => {
  const marks = [{ position_s: 0, at_ms: at("10:00:00") }, { position_s: 60, at_ms: at("10:20:00") }];

  it("goes on from the last mark, over the hole", () => {
    expect(momentAt(marks, 59)).toBe(at("10:00:59"));
    expect(momentAt(marks, 60)).toBe(at("10:20:00"));
    expect(momentAt(marks, 61.5)).toBe(at("10:20:01") + 500);
    expect(momentAt([], 3)).toBeNull();
  });

  it("finds the place of a moment, and of one in the hole where it goes on", () => {
    expect(positionAt(marks, at("10:00:30"))).toBe(30);
    expect(positionAt(marks, at("10:10:00"))).toBe(60);
    expect(positionAt(marks, at("10:20:05"))).toBe(65);
    expect(positionAt(marks, at("09:59:00"))).toBe(0);
  });

  it("tells a hole from what was only played fast", () => {
    expect(skipped(at("10:00:00"), at("10:00:08"), 8_000)).toBeNull();
    expect(skipped(at("10:00:59"), at("10:20:00"), 1_000)).toEqual({ from_ms: at("10:01:00"), to_ms: at("10:20:00") });
  });
});

describe("the window of the time line", () => {
  it("zooms about the pointer, to a minute and back to the day", () => {
    let window = day;
    for (let turn = 0; turn < 60; turn += 1) window = zoomed(window, day, at("18:00:00"), 0.8);
    expect(window).toEqual({ from_ms: at("17:59:15"), to_ms: at("18:00:15") });
    for (let turn = 0; turn < 60; turn += 1) window = zoomed(window, day, at("18:00:00"), 1.25);
    expect(window).toEqual(day);
  });

  it("never leaves the day", () => {
    const morning = { from_ms: day.from_ms, to_ms: at("06:00:00") };
    expect(moved(morning, day, -1_000)).toEqual(morning);
    expect(moved(morning, day, 3_600_000)).toEqual({ from_ms: at("01:00:00"), to_ms: at("07:00:00") });
  });

  it("turns the page when the picture leaves it", () => {
    const hour = { from_ms: at("08:00:00"), to_ms: at("09:00:00") };
    expect(following(hour, day, at("08:30:00"))).toBe(hour);
    expect(following(hour, day, at("09:00:01")).from_ms).toBeLessThan(at("09:00:01"));
  });

  it("labels full moments of Beijing time, the day where it begins", () => {
    const labels = ticks(day, 1000).map((tick) => tick.label);
    expect(labels.slice(0, 2)).toEqual(["11-23", "02:00"]);
    expect(ticks({ from_ms: at("10:00:00"), to_ms: at("10:01:00") }, 1000)[1]?.label).toBe("10:00:05");
  });

  it("knows the next place in each direction", () => {
    const places = [at("09:00:00"), at("11:00:00")];
    expect(nextOf(places, at("10:00:00"), 1)).toBe(at("11:00:00"));
    expect(nextOf(places, at("10:00:00"), -1)).toBe(at("09:00:00"));
    expect(nextOf(places, at("11:00:00"), 1)).toBeNull();
  });

  it("says how long a selection is", () => expect(lengthText(3_723_000)).toBe("1:02:03"));
});

describe("keys of the recordings page", () => {
  it("are those printed on it", () => {
    expect(footageCommand(press(" "))).toEqual({ kind: "halt" });
    expect(footageCommand(press("I"))).toEqual({ kind: "mark", end: "in" });
    expect(footageCommand(press("{"))).toEqual({ kind: "gap", by: -1 });
    expect(footageCommand(press("o", { ctrlKey: true }))).toBeNull();
    expect(footageCommand(press("x"))).toBeNull();
  });

  it("change the speed up to its ends", () => {
    expect(otherSpeed(1, 1)).toBe(2);
    expect(otherSpeed(16, 1)).toBe(16);
    expect(otherSpeed(0.5, -1)).toBe(0.5);
  });
});
