import { describe, expect, it } from "vitest";
import { browserName } from "@/features/contacts/browserName";
import { endpointDigest, fromBase64Url, pushAbility, toBase64Url } from "@/features/contacts/push";

const ABLE = { isSecureContext: true, hasWorker: true, hasPush: true, permission: "default" } as const;

describe("being told in this browser", () => {
  it("says why a browser cannot", () => {
    expect(pushAbility(ABLE)).toBe("able");
    expect(pushAbility({ ...ABLE, isSecureContext: false })).toBe("insecure");
    expect(pushAbility({ ...ABLE, hasPush: false })).toBe("unable");
    expect(pushAbility({ ...ABLE, permission: null })).toBe("unable");
    expect(pushAbility({ ...ABLE, permission: "denied" })).toBe("denied");
  });

  it("writes keys as they travel, and reads them back", () => {
    const bytes = Uint8Array.from([0xfb, 0xff, 0xfe, 0]);
    expect(toBase64Url(bytes.buffer)).toBe("-__-AA");
    expect([...fromBase64Url("-__-AA")]).toEqual([...bytes]);
    expect(toBase64Url(null)).toBe("");
  });

  it("knows itself by the digest of its endpoint", async () => {
    expect(await endpointDigest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("calls browsers by the names people know", () => {
    expect(browserName("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe("Firefox 140 · Windows");
    expect(browserName("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0")).toBe("Edge 138 · Windows");
    expect(browserName("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36")).toBe("Chrome 137 · Android");
    expect(browserName("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1")).toBe("Safari 17 · iOS");
    expect(browserName("curl/8")).toBe("curl/8");
    expect(browserName("")).toBe("?");
  });
});
