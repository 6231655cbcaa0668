import { describe, expect, it } from "vitest";
import { explain, grouped, isCamera, kindOf } from "@/features/devices/gbId";

describe("the 20 digits of a device", () => {
  it("say region, trade and type as they are typed", () => {
    expect(explain("360102")).toMatchObject({ division: "360102", trade: null, kind: null, missing: 14 });
    expect(explain("3601020055")).toMatchObject({ trade: "education", kind: null });
    expect(explain("36010200111180000001")).toMatchObject({ trade: "education", kind: "recorder", missing: 0, foreign: false });
    expect(explain("36010200001320000001")).toMatchObject({ trade: "security", kind: "camera" });
  });

  it("show what is wrong before they are sent", () => {
    expect(explain("3601O2").foreign).toBe(true);
    expect(explain("360102005511800000011").missing).toBe(-1);
    expect(explain("36010200991990000001")).toMatchObject({ trade: "other", kind: "other" });
  });

  it("are grouped as the standard counts them and left alone where they are no id", () => {
    expect(grouped("36010200551180000001")).toBe("360102 00 55 118 0 000001");
    expect(grouped("34020")).toBe("34020");
  });

  it("tell a camera from what only hangs on a recorder", () => {
    expect(isCamera("131") && isCamera("132")).toBe(true);
    expect(["118", "134", "137", "215"].some(isCamera)).toBe(false);
    expect(kindOf("134")).toBe("alarm_input");
  });
});
