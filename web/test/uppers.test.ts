import { describe, expect, it } from "vitest";
import type { Upper } from "@/api/uppers";
import { itemDepth, itemKind } from "@/features/uppers/catalogue";
import { emptyValues, isComplete, newUpper, upperPatch, valuesOf } from "@/features/uppers/form";

const filled = () => ({ ...emptyValues("unit-1"), name: " 市平台 ", server_gb_id: "36010000112000000001", address: "192.0.2.10:5060" });
const upper = { name: "市平台", server_gb_id: "36010000112000000001", domain: "3601000011", address: "192.0.2.10:5060", transport: "tcp", own_gb_id: "36010200112000000009", user_name: null, region_id: "region-1", unit_id: null, shares: { live: true, playback: false, ptz: true, alarms: false }, ptz_priority: 5, keepalive_s: 30, expires_s: 3600 } as unknown as Upper;

describe("the form of an upper platform", () => {
  it("is complete with a name, its digits, an address with a port and something to show", () => {
    expect(isComplete(filled())).toBe(true);
    expect(isComplete({ ...filled(), address: "192.0.2.10" })).toBe(false);
    expect(isComplete({ ...filled(), own_gb_id: "360102" })).toBe(false);
    expect(isComplete({ ...emptyValues(undefined), name: "a", server_gb_id: filled().server_gb_id, address: filled().address })).toBe(false);
  });

  it("leaves to the server what was left empty", () => {
    expect(newUpper(filled())).toEqual({ name: "市平台", server_gb_id: "36010000112000000001", address: "192.0.2.10:5060", transport: "udp", unit_id: "unit-1", shares: { live: true, playback: true, ptz: false, alarms: false }, ptz_priority: 100, keepalive_s: 60, expires_s: 86_400 });
  });

  it("keeps the password that is there, and lets the domain follow the digits", () => {
    const changed = { ...valuesOf(upper), server_gb_id: "36000000112000000001" };
    expect(upperPatch(changed)).toMatchObject({ domain: "3600000011", region_id: "region-1", user_name: "" });
    expect(upperPatch(changed)).not.toHaveProperty("secret");
    expect(upperPatch({ ...changed, no_secret: true })).toMatchObject({ secret: "" });
    expect(upperPatch({ ...valuesOf({ ...upper, domain: "sip.example.cn" }), server_gb_id: "36000000112000000001" })).toMatchObject({ domain: "sip.example.cn" });
  });
});

describe("an item of a catalogue", () => {
  it("says by its digits what it is, and stands below its parents", () => {
    const ids = ["36010000112000000009", "3601", "36010000112150000009", "36010200112160000001", "36010200111320000001"];
    expect(ids.map(itemKind)).toEqual(["system", "region", "group", "unit", "camera"]);
    expect(ids.map(itemDepth)).toEqual([0, 2, 1, 2, 3]);
  });
});
