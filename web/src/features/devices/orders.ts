// Orders to a channel, and how its head is moved: it turns while a button is held, and a lost "stop" must not leave it turning.
import { onBeforeUnmount, ref } from "vue";
import { api, unwrap } from "@/api/client";
import type { ChannelOrder } from "@/api/devices";
import { useWords } from "@/ui/words";

export interface Direction {
  pan?: number;
  tilt?: number;
  zoom?: number;
  focus?: number;
  iris?: number;
}

export async function sendOrder(channel_id: string, order: ChannelOrder): Promise<void> {
  await unwrap(api.POST("/api/channels/{id}/orders", { params: { path: { id: channel_id } }, body: order }));
}

export function useHead(channel_id: () => string) {
  const { problemText } = useWords();
  const moving = ref(false);
  const trouble = ref("");
  /** Orders go out one after the other: a stop that overtakes its move would be lost. */
  let last: Promise<void> = Promise.resolve();

  function order(wanted: ChannelOrder): void {
    const id = channel_id();
    const before = last;
    last = (async () => {
      await before;
      try {
        await sendOrder(id, wanted);
        trouble.value = "";
      } catch (thrown) {
        trouble.value = problemText(thrown);
      }
    })();
  }
  function move(direction: Direction, speed: number): void {
    if (moving.value) return;
    moving.value = true;
    const scaled = Object.fromEntries(Object.entries(direction).map(([axis, sign]) => [axis, Number(sign) * speed]));
    order({ order: "move", ...scaled });
  }
  function stop(): void {
    if (!moving.value) return;
    moving.value = false;
    order({ order: "stop" });
  }
  onBeforeUnmount(stop);
  return { moving, trouble, order, move, stop };
}
