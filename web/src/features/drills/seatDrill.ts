// The drill that runs at this seat, and its call: it sounds like an alarm of level one until it is taken.
import { useQuery } from "@tanstack/vue-query";
import { computed, onScopeDispose, ref, toValue, type MaybeRefOrGetter } from "vue";
import type { SeatDrill } from "@/api/types";
import { sound } from "@/app/preferences";
import { playCall } from "@/features/alarms/sound";
import { seatFetch } from "@/features/duty/seatKey";
import { DRILLS_KEY } from "./queries";

/** The seat asks by itself, too: a push that is lost must not cost a drill its first minute. */
const REFRESH_MS = 10_000;
const CALL_EVERY_MS = 4_000;
const CALL_LEVEL = 1;

export function useSeatDrill(is_bound: MaybeRefOrGetter<boolean>) {
  const query = useQuery({
    queryKey: [DRILLS_KEY, "seat"],
    enabled: computed(() => toValue(is_bound)),
    refetchInterval: REFRESH_MS,
    queryFn: () => seatFetch<SeatDrill | null>("GET", "/api/seat/drill"),
  });
  const opened = ref("");
  const drill = computed(() => query.data.value ?? null);
  const is_waiting = computed(() => drill.value !== null && !drill.value.steps.some((one) => one.done_at));
  /** One that nobody here is to know of stands in the list of alarms until it is opened. */
  const in_list = computed(() => (drill.value && !drill.value.kind ? drill.value : null));
  const shown = computed(() => (drill.value && (drill.value.kind || drill.value.id === opened.value) ? drill.value : null));
  const calling = window.setInterval(() => {
    if (is_waiting.value && sound.value !== "off") playCall(CALL_LEVEL);
  }, CALL_EVERY_MS);
  onScopeDispose(() => window.clearInterval(calling));
  const open = (id: string): void => void (opened.value = id);
  return { shown, in_list, open };
}
