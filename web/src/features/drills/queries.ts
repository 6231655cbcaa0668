// Server state of drills; the push says when one was planned, begun, worked or ended.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

export const DRILLS_KEY = "drills";

export function useMonth(day: MaybeRefOrGetter<string>, region_id: MaybeRefOrGetter<string | undefined>) {
  return useQuery({
    queryKey: computed(() => [DRILLS_KEY, "month", toValue(day), toValue(region_id)]),
    queryFn: () => {
      const region = toValue(region_id);
      return unwrap(api.GET("/api/drill-months/{day}", { params: { path: { day: toValue(day) }, query: region ? { region_id: region } : {} } }));
    },
  });
}

export function useDrill(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [DRILLS_KEY, "one", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/drills/{id}", { params: { path: { id: toValue(id) } } })),
  });
}

export function usePlans() {
  return useQuery({ queryKey: [DRILLS_KEY, "plans"], queryFn: () => unwrap(api.GET("/api/drill-plans")) });
}

export function useLots() {
  return useQuery({ queryKey: [DRILLS_KEY, "lots"], queryFn: () => unwrap(api.GET("/api/drill-lots")) });
}

export function noteDrills(): void {
  void queries.invalidateQueries({ queryKey: [DRILLS_KEY] });
}

/** Points of 100, from halves. */
export const points = (half_points: number): string => String(half_points / 2);
