// Server state of the platforms above ours.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

/** How a line stands has no push of its own, and is looked at while somebody sets it up. */
export const LINE_EVERY_MS = 5_000;

export function useUpper(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => ["upper", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/upper-platforms/{id}", { params: { path: { id: toValue(id) } } })),
    refetchInterval: LINE_EVERY_MS,
  });
}

/** After a change made here: everything about upper platforms is read again at once. */
export function refreshUppers(): void {
  for (const key of ["uppers", "upper", "upper-catalogue"]) void queries.invalidateQueries({ queryKey: [key] });
}
