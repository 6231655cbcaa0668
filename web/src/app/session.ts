// Who is signed in and what they may do. Menu and buttons follow it; the server decides again on every call.
import { QueryClient, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { api, unwrap } from "@/api/client";
import { ApiProblem, asProblem } from "@/api/problem";
import type { Capability, Dictionary, Me } from "@/api/types";

const RETRIES_MAX = 2;
const DICTIONARY_FRESH_MS = 60 * 60 * 1000;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < RETRIES_MAX && asProblem(error).status >= 500,
    },
  },
});

async function loadMe(): Promise<Me | null> {
  try {
    return await unwrap(api.GET("/api/session"));
  } catch (thrown) {
    if (thrown instanceof ApiProblem && thrown.status === 401) return null;
    throw thrown;
  }
}

const meOptions = { queryKey: ["session"] as const, queryFn: loadMe, staleTime: Number.POSITIVE_INFINITY };

/** The session once known, for the router. */
export function knownMe(): Promise<Me | null> {
  return queries.ensureQueryData(meOptions);
}

/** After signing in: forget everything of the person before. */
export function signedInAs(me: Me): void {
  queries.clear();
  queries.setQueryData(meOptions.queryKey, me);
}

export async function signOut(): Promise<void> {
  await unwrap(api.DELETE("/api/session"));
  forgetMe();
}

function forgetMe(): void {
  queries.clear();
  queries.setQueryData(meOptions.queryKey, null);
}

/**
 * After a call was answered "not signed in": true when the session is really gone. A late answer to a question asked before
 * signing in must not throw the person out, so the server is asked once more.
 */
export async function sessionGone(): Promise<boolean> {
  if (!queries.getQueryData(meOptions.queryKey)) return false;
  if (await loadMe()) return false;
  forgetMe();
  return true;
}

export function useMe() {
  const { data } = useQuery(meOptions);
  const me = computed(() => data.value ?? null);
  const can = (capability: Capability): boolean => me.value?.capabilities.includes(capability) ?? false;
  return { me, can };
}

async function loadDictionary(): Promise<Dictionary> {
  return unwrap(api.GET("/api/dictionary"));
}

/** The word lists of the server (names of codes in both languages). */
export function useDictionary() {
  const { me } = useMe();
  const { data } = useQuery({ queryKey: ["dictionary"], enabled: computed(() => me.value !== null), queryFn: loadDictionary, staleTime: DICTIONARY_FRESH_MS });
  return data;
}
