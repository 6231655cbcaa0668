// Server state of organisations, their people and duty contracts; the push tells when any of it changes.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

export const ORGANISATIONS_KEY = "organisations";
/** Contracts counted in the menu; more are shown as so many and more. */
const COUNTED_MAX = 200;

export function useOrganisation(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ORGANISATIONS_KEY, "one", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/organisations/{id}", { params: { path: { id: toValue(id) } } })),
  });
}

export function useStaff(id: MaybeRefOrGetter<string>, with_left: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: computed(() => [ORGANISATIONS_KEY, "staff", toValue(id), toValue(with_left)]),
    queryFn: () => unwrap(api.GET("/api/organisations/{id}/staff", { params: { path: { id: toValue(id) }, query: { left: toValue(with_left) } } })),
  });
}

export function useAssessments(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ORGANISATIONS_KEY, "assessments", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/organisations/{id}/assessments", { params: { path: { id: toValue(id) } } })),
  });
}

export function useCensus(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [ORGANISATIONS_KEY, "census", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/censuses/{id}", { params: { path: { id: toValue(id) } } })),
  });
}

export function useCover(unit_id: MaybeRefOrGetter<string>, enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: computed(() => [ORGANISATIONS_KEY, "cover", toValue(unit_id)]),
    enabled: computed(() => toValue(enabled)),
    queryFn: () => unwrap(api.GET("/api/units/{id}/contracts", { params: { path: { id: toValue(unit_id) } } })),
  });
}

/** Contracts that wait for this person's answer. */
export function useAwaited(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({
    queryKey: [ORGANISATIONS_KEY, "awaited"],
    enabled: computed(() => toValue(enabled)),
    queryFn: async () => {
      const page = await unwrap(api.GET("/api/contracts", { params: { query: { state: "proposed", limit: COUNTED_MAX } } }));
      return page.items.filter((one) => one.next.includes("accept")).length;
    },
  });
}

export function noteOrganisations(): void {
  void queries.invalidateQueries({ queryKey: [ORGANISATIONS_KEY] });
  // A contract says how a unit stands with its duty.
  void queries.invalidateQueries({ queryKey: ["unit"] });
}
