import { describe, expect, it } from "vitest";
import { floodGroups } from "@/features/alarms/flood";
import { alarmOf } from "./alarm";

const quiet = (id: string, change = {}) => alarmOf({ id, code: "E01", level: 2, ...change });
const ids = (flooded: boolean, alarms: ReturnType<typeof alarmOf>[]) => floodGroups(alarms, flooded).map((group) => group.alarms.map((one) => one.id).join(" "));

describe("a flood", () => {
  const alarms = [alarmOf({ id: "f1" }), alarmOf({ id: "f2" }), quiet("a"), quiet("b", { unit_id: "u2" }), quiet("c"), quiet("d", { state: "taken" }), quiet("e", { place_type: "gate" }), quiet("g", { code: "E02" }), quiet("h")];
  it("groups what is alike and waits, never level 1, and leaves nothing out", () => {
    const grouped = ids(true, alarms);
    expect(grouped).toEqual(["f1", "f2", "a c h", "b", "d", "e", "g"]);
    expect(grouped.join(" ").split(" ").sort()).toEqual(alarms.map((one) => one.id).sort());
  });
  it("is no group without a flood", () => {
    expect(ids(false, alarms)).toEqual(alarms.map((one) => one.id));
  });
});
