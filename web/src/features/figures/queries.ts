// Snapshots of the server, for lists and choices.
import { useQuery } from "@tanstack/vue-query";
import { snapshotsPage } from "@/api/figures";

/** Enough to choose from; the list itself pages on. */
const CHOICES_MAX = 200;

export function useSnapshots() {
  return useQuery({ queryKey: ["snapshots", "choices"], queryFn: async () => (await snapshotsPage(CHOICES_MAX)).items });
}
