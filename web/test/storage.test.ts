import { describe, expect, it } from "vitest";
import { bucketForm, bucketPatch, isComplete, newBucket } from "@/features/storage/bucket";
import { rowsOfSheet } from "@/features/lookups/sheet";
import { heatCells, warmthOf } from "@/features/storage/heat";
import { daysOf, lawFloor } from "@/features/storage/retention";
import { diskTrouble } from "@/features/storage/trouble";

const day = (kept_minutes: number, recorded_minutes = kept_minutes, expected_minutes = 1440) => ({ day: "2026-11-20", expected_minutes, recorded_minutes, kept_minutes, is_present: kept_minutes >= expected_minutes * 0.95 });

describe("days of recordings", () => {
  it("are warm by what is still there of what should be", () => {
    expect([1440, 1400, 900, 100, 0].map((kept) => warmthOf(day(kept)))).toEqual(["whole", "present", "part", "little", "missing"]);
  });

  it("tell what was deleted from what was never there, and both from what nobody asked for", () => {
    expect(warmthOf(day(0, 1440))).toBe("gone");
    expect(warmthOf(day(0, 0, 0))).toBe("none");
    expect(warmthOf(undefined)).toBe("none");
  });

  it("end yesterday by Beijing time", () => {
    const cells = heatCells([day(1440)], Date.parse("2026-11-22T23:30:00+08:00"), 3);
    expect(cells.map((cell) => [cell.day, cell.warmth])).toEqual([["2026-11-19", "none"], ["2026-11-20", "whole"], ["2026-11-21", "none"]]);
  });
});

describe("trouble of a disk", () => {
  it("is one word, and none where all is well or nobody uses it", () => {
    expect(diskTrouble({ state: "active", out_code: null, is_full: false })).toBeNull();
    expect(diskTrouble({ state: "failed", out_code: "other_disk", is_full: false })).toBe("other_disk");
    expect(diskTrouble({ state: "active", out_code: null, is_full: true })).toBe("full");
    expect(diskTrouble({ state: "retired", out_code: "missing", is_full: false })).toBeNull();
  });

  it("of a reason that has no words yet is still told", () => {
    expect(diskTrouble({ state: "failed", out_code: "on_fire", is_full: false })).toBe("unknown");
    expect(diskTrouble({ state: "failed", out_code: null, is_full: false })).toBe("unknown");
  });
});

describe("retention", () => {
  it("has the law's floor, and the unit's days only where it is custom", () => {
    expect([lawFloor("public_safety"), lawFloor("key_target")]).toEqual([30, 90]);
    expect(daysOf({ basis: "public_safety", class: "days_90", floor_days: 45, ceiling_days: 60 })).toEqual({ floor_days: 90, ceiling_days: 90 });
    expect(daysOf({ basis: "public_safety", class: "custom", floor_days: 45, ceiling_days: 60 })).toEqual({ floor_days: 45, ceiling_days: 60 });
  });
});

describe("the sheet of look-ups", () => {
  it("has a head and one row for each look, times in Beijing", () => {
    const row = {
      seq: 7, at: "2026-11-20T01:00:00Z", actor: { id: "u", display_name: "n", role: "duty_guard" }, unit_id: "u", unit_name: "school", camera_id: null, camera_name: null, kind: "search", reason: "patrol",
      note: null, from: "2026-11-19T16:00:00Z", to: "2026-11-20T16:00:00Z", address: null, alarm_id: null, export_id: null, export_sha256: null,
    };
    const [head, first] = rowsOfSheet([row], (key) => key, (list, code) => `${list}:${code}`);
    expect(first?.length).toBe(head?.length);
    expect(first?.slice(0, 5)).toEqual([7, "2026-11-20 09:00:00", "n", "roles:duty_guard", "lookup_kinds:search"]);
    expect(first?.slice(7, 9)).toEqual(["2026-11-20 00:00:00", "2026-11-21 00:00:00"]);
  });
});

describe("the form of a bucket", () => {
  const before = {
    endpoint: "http://10.0.0.5:9000", region: "us-east-1", bucket: "footage", prefix: "", path_style: true, access_key_id: "AK1", takes: "all", after_hours: 24, bytes_per_second_max: 12_500_000,
    waiting_segments: 0, waiting_bytes: 0,
  };

  it("sends keys only where they changed, and a rate in bytes", () => {
    const form = bucketForm(before);
    expect([form.secret, form.mbit]).toEqual(["", 100]);
    expect(bucketPatch(form, before)).toEqual({ rule: { takes: "all", after_hours: 24, bytes_per_second_max: 12_500_000 } });
    expect(bucketPatch({ ...form, secret: "s", mbit: 0 }, before)).toEqual({ secret: "s", rule: { takes: "all", after_hours: 24, bytes_per_second_max: null } });
  });

  it("needs a secret when it is new and none later", () => {
    const form = bucketForm(before);
    expect([isComplete(form, true), isComplete(form, false), isComplete({ ...form, bucket: " " }, false)]).toEqual([false, true, false]);
    expect(newBucket({ ...form, secret: "s" }).secret).toBe("s");
  });
});
