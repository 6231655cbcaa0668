import { expect, test } from "vitest";
import { cleanAddress, isAddress, pairs } from "@/features/facilities/address";

test("an address is read with or without marks between its digits", () => {
  expect(cleanAddress("36-01:02 03 04 FF")).toBe("3601020304ff");
  expect(isAddress("36 01 02 03 04 FF")).toBe(true);
  expect(isAddress("3601020304f")).toBe(false);
  expect(isAddress("")).toBe(false);
  expect(pairs("3601020304ff")).toBe("36 01 02 03 04 ff");
});
