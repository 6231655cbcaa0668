// Snapshots and bulletins of the server.
import { useQuery } from "@tanstack/vue-query";
import { api, unwrap } from "@/api/client";

/** Both lists are short; one page of the server's maximum is all of them for years. */
const ROWS_MAX = 200;

export function useSnapshots() {
  return useQuery({
    queryKey: ["snapshots"],
    queryFn: async () => (await unwrap(api.GET("/api/snapshots", { params: { query: { limit: ROWS_MAX } } }))).items,
  });
}

export function useBulletins() {
  return useQuery({
    queryKey: ["bulletins"],
    queryFn: async () => (await unwrap(api.GET("/api/bulletins", { params: { query: { limit: ROWS_MAX } } }))).items,
  });
}
