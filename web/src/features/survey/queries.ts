// What the page knows: the file that was read, and the addresses of the cameras that the unit already has.
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";
import { api, unwrap } from "@/api/client";
import type { Camera } from "@/api/types";
import { queries } from "@/app/session";
import type { Survey } from "./scanFile";

export interface SurveyFile {
  name: string;
  survey: Survey;
}

const SURVEY_KEY = ["survey"] as const;

/** Kept while the person looks at other pages, and forgotten with everything else of theirs when they sign out. */
export function useSurveyFile() {
  const { data } = useQuery<SurveyFile | null>({ queryKey: SURVEY_KEY, queryFn: () => null, enabled: false, staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY });
  return computed({
    get: () => data.value ?? null,
    set: (file: SurveyFile | null) => void queries.setQueryData<SurveyFile | null>(SURVEY_KEY, file),
  });
}

const PAGE_ROWS_MAX = 200;
/** 2 000 cameras; the largest school has a few hundred. */
const PAGES_MAX = 10;
/** Not below `cameras`: what lies there is pages of cameras, and events change them. */
const enteredKey = (unit_id: string) => ["camera addresses", unit_id];

async function addressesOf(unit_id: string): Promise<string[]> {
  const addresses: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    // Each page names the next.
    // oxlint-disable-next-line no-await-in-loop
    const got = await unwrap(api.GET("/api/cameras", { params: { query: { unit_id, limit: PAGE_ROWS_MAX, after } } }));
    addresses.push(...got.items.map((camera) => camera.address).filter((address) => address !== ""));
    after = got.next ?? undefined;
    if (!after) break;
  }
  return addresses;
}

/** Addresses of the cameras of a unit; none are asked for while no unit is chosen. */
export function useEnteredAddresses(unit_id: Ref<string>) {
  return useQuery({ queryKey: computed(() => enteredKey(unit_id.value)), enabled: computed(() => unit_id.value !== ""), queryFn: () => addressesOf(unit_id.value) });
}

/** Shows a camera as entered before the lists are read anew. */
export function noteEntered(camera: Camera): void {
  queries.setQueryData<string[]>(enteredKey(camera.unit_id), (known) => [...(known ?? []), camera.address]);
  void queries.invalidateQueries({ queryKey: enteredKey(camera.unit_id) });
  void queries.invalidateQueries({ queryKey: ["cameras"] });
}
