// Keyset paging for tables: pages forward by the server's token, back by the tokens already seen.
import { keepPreviousData, useQuery } from "@tanstack/vue-query";
import { computed, ref, toValue, watch, type MaybeRefOrGetter } from "vue";
import type { Page } from "./types";

export const PAGE_ROWS = 50;

/** `every_ms` reads the page shown again and again, for what has no push of its own. */
export function useKeysetPages<Row, Answer extends Page<Row> = Page<Row>>(key: MaybeRefOrGetter<readonly unknown[]>, load: (after: string | undefined) => Promise<Answer>, every_ms?: number) {
  const tokens = ref<(string | undefined)[]>([undefined]);
  const index = computed(() => tokens.value.length - 1);
  const after = computed(() => tokens.value.at(-1));

  // A changed filter starts again at the first page.
  watch(() => JSON.stringify(toValue(key)), () => (tokens.value = [undefined]));

  const query = useQuery({
    queryKey: computed(() => [...toValue(key), after.value]),
    queryFn: () => load(after.value),
    placeholderData: keepPreviousData,
    refetchInterval: every_ms ?? false,
  });
  const items = computed(() => query.data.value?.items ?? []);
  const has_next = computed(() => Boolean(query.data.value?.next));

  function next(): void {
    const token = query.data.value?.next;
    if (token) tokens.value = [...tokens.value, token];
  }
  function previous(): void {
    if (tokens.value.length > 1) tokens.value = tokens.value.slice(0, -1);
  }
  return { query, items, index, has_next, next, previous };
}
