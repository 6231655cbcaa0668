import { describe, expect, it, vi } from "vitest";
import { placeInReach } from "@/features/heads/reach";
import { turning, type HeadMove } from "@/features/heads/turning";

/** A line on which each order waits until it is let through. */
function slowLine() {
  const sent: HeadMove[] = [];
  const open: (() => void)[] = [];
  const send = (move: HeadMove) => {
    sent.push(move);
    return new Promise<void>((done) => open.push(done));
  };
  const pass = async () => {
    open.shift()?.();
    await settled();
  };
  return { sent, send, pass };
}
const settled = () => new Promise<void>((done) => setTimeout(done, 0));

describe("a head that is held", () => {
  it("turns at the speed that is set, and once", async () => {
    const { sent, send } = slowLine();
    const head = turning(send, () => undefined);
    head.move({ pan: -1, tilt: 1 }, 40);
    head.move({ zoom: 1 }, 40);
    await settled();
    expect(sent).toEqual([{ order: "move", pan: -40, tilt: 40 }]);
  });

  it("is let go once, and the stop does not overtake the move", async () => {
    const { sent, send, pass } = slowLine();
    const rested = vi.fn();
    const head = turning(send, () => undefined, rested);
    head.move({ pan: 1 }, 50);
    head.stop();
    head.stop();
    await settled();
    expect(sent.length).toBe(1);
    await pass();
    expect(sent).toEqual([{ order: "move", pan: 50 }, { order: "stop" }]);
    expect(rested).not.toHaveBeenCalled();
    await pass();
    expect(rested).toHaveBeenCalledTimes(1);
  });

  it("is let go at once while the page closes", async () => {
    const { sent, send } = slowLine();
    const head = turning(send, () => undefined);
    head.move({ pan: 1 }, 50);
    await settled();
    head.leave();
    await settled();
    expect(sent).toEqual([{ order: "move", pan: 50 }, { order: "stop" }]);
  });

  it("stops what somebody else turns, and nothing where nothing is held", async () => {
    const { sent, send } = slowLine();
    const head = turning(send, () => undefined);
    head.stop();
    head.leave();
    await settled();
    expect(sent).toEqual([]);
    head.halt();
    await settled();
    expect(sent).toEqual([{ order: "stop" }]);
  });

  it("is stopped also when the move went wrong, and says what", async () => {
    const told: unknown[] = [];
    const sent: string[] = [];
    const head = turning((move) => {
      sent.push(move.order);
      return move.order === "move" ? Promise.reject(new Error("no answer")) : Promise.resolve();
    }, (trouble) => told.push(trouble));
    head.move({ pan: 1 }, 50);
    head.stop();
    await settled();
    expect(sent).toEqual(["move", "stop"]);
    expect(told).toEqual([new Error("no answer"), null]);
  });
});

describe("where a head looks", () => {
  it("is a place of its reach, right and up from the middle", () => {
    expect(placeInReach({ pan: 0, tilt: 0, zoom: 0 })).toMatchObject({ left: 50, top: 50, width: 26, pan: 0 });
    expect(placeInReach({ pan: 0.5, tilt: 1, zoom: 1 })).toEqual({ left: 75, top: 0, width: 8, pan: 50, tilt: 100, zoom: 100 });
  });

  it("is nowhere where the camera does not say, and never outside", () => {
    expect(placeInReach({ pan: null, tilt: null, zoom: 0.2 })).toBeNull();
    expect(placeInReach({ pan: 9, tilt: -9 })).toMatchObject({ left: 100, top: 100, pan: 100, tilt: -100 });
  });
});
