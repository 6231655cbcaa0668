import { describe, expect, it } from "vitest";
import { asksFor, needsDialog, noteRequired, pictureRequired } from "@/features/alarms/dialogs";
import { choiceIndex, choiceLabel, deskCommand, type KeyPress } from "@/features/alarms/keys";

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, isComposing: false, ...change });
const NEXT = [
  { event: "take", key: " " },
  { event: "confirm", key: "1" },
  { event: "release", key: "u" },
];

describe("the desk's keyboard", () => {
  it("sends what the server allows, in either case", () => {
    expect(deskCommand(press(" "), NEXT)).toEqual({ kind: "event", event: "take" });
    expect(deskCommand(press("U"), NEXT)).toEqual({ kind: "event", event: "release" });
  });
  it("does nothing the server does not offer", () => expect(deskCommand(press("r"), NEXT)).toBeNull());
  it("moves through the list", () => {
    expect(deskCommand(press("ArrowDown"), NEXT)).toEqual({ kind: "select", by: 1 });
    expect(deskCommand(press("ArrowUp", { repeat: true }), NEXT)).toEqual({ kind: "select", by: -1 });
  });
  it.each([{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }, { repeat: true }])("leaves %o alone", (change) => {
    expect(deskCommand(press("1", change), NEXT)).toBeNull();
  });
});

describe("a numbered choice", () => {
  it("goes from 1 to 9 and on with letters", () => {
    expect(choiceIndex("1", 12)).toBe(0);
    expect(choiceIndex("9", 12)).toBe(8);
    expect(choiceIndex("b", 12)).toBe(10);
    expect([0, 8, 9, 10].map(choiceLabel)).toEqual(["1", "9", "A", "B"]);
  });
  it("ignores keys beyond the list and named keys", () => {
    expect(choiceIndex("7", 3)).toBeNull();
    expect(choiceIndex("Enter", 99)).toBeNull();
    expect(choiceIndex("", 9)).toBeNull();
  });
});

describe("what must be said before an event", () => {
  it("is a reason for a false alarm and a picture for handling", () => {
    expect(asksFor("reject")).toContain("reason");
    expect(needsDialog("handle")).toBe(true);
    expect(needsDialog("take")).toBe(false);
  });
  it("wants a result picture for levels 1 and 2, once", () => {
    expect(pictureRequired("handle", 1, false)).toBe(true);
    expect(pictureRequired("handle", 2, true)).toBe(false);
    expect(pictureRequired("handle", 3, false)).toBe(false);
  });
  it("wants words for sending back", () => expect(noteRequired("return")).toBe(true));
});
