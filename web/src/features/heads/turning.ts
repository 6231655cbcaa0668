// How a head is turned: it turns while a button is held, and a lost "stop" must not leave it turning. Whoever leaves the page, its window or its tab
// lets go as well.
import { onBeforeUnmount, onMounted, ref } from "vue";
import { useWords } from "@/ui/words";

export interface Direction {
  pan?: number;
  tilt?: number;
  zoom?: number;
  focus?: number;
  iris?: number;
}
export type HeadMove = ({ order: "move" } & Direction) | { order: "stop" };
export type SendMove = (move: HeadMove) => Promise<void>;

export interface Turning {
  move(direction: Direction, speed: number): void;
  /** Lets go; nothing where nothing is held. */
  stop(): void;
  /** Stops whatever turns, whoever began it. */
  halt(): void;
  /** Lets go while the page closes, when there is no time to wait for anything. */
  leave(): void;
}

/** `told` hears of each order what went wrong with it, or null; `rested` that a stop was sent. */
export function turning(send: SendMove, told: (trouble: unknown) => void, rested: () => void = () => undefined): Turning {
  let is_held = false;
  /** Orders go out one after the other: a stop that overtakes its move would be lost. */
  let last: Promise<void> = Promise.resolve();

  async function orderAfter(before: Promise<void>, move: HeadMove): Promise<void> {
    await before;
    try {
      await send(move);
      told(null);
    } catch (thrown) {
      told(thrown);
    }
    if (move.order === "stop") rested();
  }
  function halt(): void {
    is_held = false;
    last = orderAfter(last, { order: "stop" });
  }
  return {
    move(direction, speed) {
      if (is_held) return;
      is_held = true;
      const scaled = Object.fromEntries(Object.entries(direction).map(([axis, sign]) => [axis, Number(sign) * speed]));
      last = orderAfter(last, { order: "move", ...scaled });
    },
    stop() {
      if (is_held) halt();
    },
    halt,
    leave() {
      if (!is_held) return;
      is_held = false;
      void orderAfter(Promise.resolve(), { order: "stop" });
    },
  };
}

/** A head for as long as a part of the page is there. */
export function useTurning(send: SendMove, rested: () => void) {
  const { problemText } = useWords();
  const trouble = ref("");
  const head = turning(send, (thrown) => (trouble.value = thrown === null ? "" : problemText(thrown)), rested);
  const hidden = (): void => {
    if (document.hidden) head.stop();
  };
  // The button may be let go anywhere, and a window that loses the keyboard never hears that a key was let go.
  const endings = ["pointerup", "pointercancel", "blur"] as const;
  onMounted(() => {
    for (const ending of endings) window.addEventListener(ending, head.stop);
    window.addEventListener("pagehide", head.leave);
    document.addEventListener("visibilitychange", hidden);
  });
  onBeforeUnmount(() => {
    for (const ending of endings) window.removeEventListener(ending, head.stop);
    window.removeEventListener("pagehide", head.leave);
    document.removeEventListener("visibilitychange", hidden);
    head.stop();
  });
  return { ...head, trouble };
}
