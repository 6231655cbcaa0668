// Planned silences: how many wait for a decision, and that they changed.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

export const SILENCES_KEY = "silences";
/** Wishes counted in the menu; more are shown as so many and more. */
const COUNTED_MAX = 200;
/** The push brings most news; what is over by time alone is found by this. */
const FRESH_MS = 60_000;

/** Silences that wait for this person's decision; for whoever decides. */
export function useWishes(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: [SILENCES_KEY, "count"],
    enabled: computed(() => toValue(enabled)),
    refetchInterval: FRESH_MS,
    queryFn: async () => {
      const page = await unwrap(api.GET("/api/silences", { params: { query: { open: true, limit: COUNTED_MAX } } }));
      return page.items.filter((one) => one.next.includes("approve")).length;
    },
  });
}

export function noteSilences(): void {
  void queries.invalidateQueries({ queryKey: [SILENCES_KEY] });
}
