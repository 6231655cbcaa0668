import { describe, expect, it } from "vitest";
import { areaOf, changed, draftsOf, faultOf, isSame, middleOf, putOf, rectangle, splitSide, withCorner, withoutCorner, type ZoneDraft } from "@/features/zones/draft";
import type { CameraZones } from "@/api/types";

const square: ZoneDraft = { key: "z1", is_new: false, kind: "exit", name: "门", corners: [{ x: 0.2, y: 0.2 }, { x: 0.4, y: 0.2 }, { x: 0.4, y: 0.6 }, { x: 0.2, y: 0.6 }], hold_s: 60, hours: null };

describe("zones while they are drawn", () => {
  it("keep their ids on the way from the server and back", () => {
    const zones = { version: 3, zones: [{ id: "z1", kind: "exit", name: "门", corners: [[0.2, 0.2], [0.4, 0.2], [0.4, 0.6], [0.2, 0.6]], hold_s: 60, hours: null, state: "free" }] } as unknown as CameraZones;
    expect(draftsOf(zones)).toEqual([square]);
    expect(putOf(3, [square])).toEqual({ version: 3, zones: [{ id: "z1", kind: "exit", name: "门", corners: [[0.2, 0.2], [0.4, 0.2], [0.4, 0.6], [0.2, 0.6]], hold_s: 60 }] });
  });
  it("have no id before they are sent, and a mask no hold", () => {
    const put = putOf(0, [{ ...square, is_new: true, kind: "mask", hours: { from: "10:00", until: "13:00" } }]).zones[0];
    expect(put).toMatchObject({ kind: "mask", hours: { from: "10:00", until: "13:00" } });
    expect(put).not.toHaveProperty("id");
    expect(put).not.toHaveProperty("hold_s");
  });
  it("stay within the picture and keep three corners", () => {
    expect(withCorner(square, 1, { x: 1.4, y: -0.1 })[1]).toEqual({ x: 1, y: 0 });
    expect(withoutCorner(square, 0)).toHaveLength(3);
    expect(withoutCorner({ ...square, corners: withoutCorner(square, 0) }, 0)).toHaveLength(3);
    expect(splitSide(square, 3)[4]).toEqual({ x: 0.2, y: 0.4 });
  });
  it("know their size and middle", () => {
    expect(areaOf(square.corners)).toBeCloseTo(0.08);
    expect(middleOf(square.corners)).toEqual({ x: expect.closeTo(0.3), y: expect.closeTo(0.4) });
    expect(areaOf(rectangle(5))).toBeGreaterThan(0.05);
  });
  it("say what keeps them from being sent", () => {
    expect(faultOf(square)).toBeNull();
    expect(faultOf({ ...square, name: " " })).toBe("name");
    expect(faultOf({ ...square, corners: square.corners.slice(0, 2) })).toBe("corners");
    expect(faultOf({ ...square, hold_s: 4 })).toBe("hold");
    expect(faultOf({ ...square, kind: "mask", hold_s: 0 })).toBeNull();
    expect(faultOf({ ...square, hours: { from: "10:00", until: "10:00" } })).toBe("hours");
  });
  it("are unchanged until something is", () => {
    expect(isSame([square], changed([square], "z1", { name: "门 " }))).toBe(true);
    expect(isSame([square], changed([square], "z1", { hold_s: 5 }))).toBe(false);
  });
});
