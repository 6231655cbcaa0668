// Server state of duty rooms, their seats and rosters; the push tells when any of it changes.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import { queries } from "@/app/session";

export const DUTY_KEY = "duty";

export function useDutyRoom(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [DUTY_KEY, "room", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/duty-rooms/{id}", { params: { path: { id: toValue(id) } } })),
  });
}

export function useRoster(id: MaybeRefOrGetter<string>, from: MaybeRefOrGetter<string>, days: number) {
  return useQuery({
    queryKey: computed(() => [DUTY_KEY, "roster", toValue(id), toValue(from), days]),
    queryFn: () => unwrap(api.GET("/api/duty-rooms/{id}/roster", { params: { path: { id: toValue(id) }, query: { from: toValue(from), days } } })),
  });
}

export function useSeats(id: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [DUTY_KEY, "seats", toValue(id)]),
    queryFn: () => unwrap(api.GET("/api/duty-rooms/{id}/seats", { params: { path: { id: toValue(id) } } })),
  });
}

export function usePosts(id: MaybeRefOrGetter<string>, from: MaybeRefOrGetter<string>, to: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [DUTY_KEY, "posts", toValue(id), toValue(from), toValue(to)]),
    queryFn: () => unwrap(api.GET("/api/duty-rooms/{id}/posts", { params: { path: { id: toValue(id) }, query: { from: toValue(from), to: toValue(to) } } })),
  });
}

export function useHandovers(id: MaybeRefOrGetter<string>, from: MaybeRefOrGetter<string>, to: MaybeRefOrGetter<string>) {
  return useQuery({
    queryKey: computed(() => [DUTY_KEY, "handovers", toValue(id), toValue(from), toValue(to)]),
    queryFn: () => unwrap(api.GET("/api/duty-rooms/{id}/handovers", { params: { path: { id: toValue(id) }, query: { from: toValue(from), to: toValue(to) } } })),
  });
}

export function useHeadCounts() {
  return useQuery({ queryKey: [DUTY_KEY, "head-counts"], queryFn: () => unwrap(api.GET("/api/head-counts")) });
}

export function noteDuty(): void {
  void queries.invalidateQueries({ queryKey: [DUTY_KEY] });
}
