// Overdue alarms by who answers, notices and their counts; the push tells when notices change, alarms tell when what is overdue may have.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, unwrap } from "@/api/client";
import type { NewNotices, Notice, NoticeDetail, NoticedAlarm, OverdueAlarm, OverdueParty, Page } from "@/api/types";
import { queries } from "@/app/session";

const NOTICES_KEY = "notices";
const OVERDUE_KEY = "overdue-alarms";
/** What is overdue changes with time, without any news. */
export const OVERDUE_FRESH_MS = 60_000;
/** Deadlines pass without any news. */
const COUNTS_FRESH_MS = 60_000;

export const NOTICE_KINDS = ["reminder", "notice", "supervision"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const PARTY_KINDS = ["unit", "organisation"] as const;
export type PartyKind = (typeof PARTY_KINDS)[number];
/** To whom a notice goes. */
export const NOTICE_TO = ["unit", "organisation", "both"] as const;
export type NoticeTo = (typeof NOTICE_TO)[number];

/** What tells one party from another. */
export function partyId(party: Pick<OverdueParty, "unit_id" | "organisation_id">): string {
  return party.unit_id ?? party.organisation_id ?? "";
}

export interface OverdueQuery {
  by?: PartyKind;
  unit_id?: string;
  organisation_id?: string;
  region_id?: string;
  level?: number;
  notices?: number;
  days?: number;
}

export function overdueKey(...rest: unknown[]): readonly unknown[] {
  return [OVERDUE_KEY, ...rest];
}

export function noticesKey(...rest: unknown[]): readonly unknown[] {
  return [NOTICES_KEY, ...rest];
}

const paged = (limit: number, after?: string) => ({ limit, ...(after ? { after } : {}) });

export async function overdueParties(query: OverdueQuery, limit: number, after?: string): Promise<Page<OverdueParty>> {
  return unwrap(api.GET("/api/overdue/parties", { params: { query: { ...query, ...paged(limit, after) } } }));
}

export async function overdueAlarms(query: OverdueQuery, limit: number, after?: string): Promise<Page<OverdueAlarm>> {
  return unwrap(api.GET("/api/overdue/alarms", { params: { query: { ...query, ...paged(limit, after) } } })) as Promise<Page<OverdueAlarm>>;
}

/** Path of the list of names as a file. */
export function partiesSheet(kind: "csv" | "xlsx", query: OverdueQuery): string {
  const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]));
  return `/api/overdue/parties.${kind}?${words}`;
}

export async function noticesPage(query: { state?: string; kind?: string; alarm_id?: string }, limit: number, after?: string): Promise<Page<Notice>> {
  return unwrap(api.GET("/api/notices", { params: { query: { ...query, ...paged(limit, after) } } }));
}

export async function noticedAlarms(id: string, limit: number, after?: string): Promise<Page<NoticedAlarm>> {
  return unwrap(api.GET("/api/notices/{id}/alarms", { params: { path: { id }, query: paged(limit, after) } })) as Promise<Page<NoticedAlarm>>;
}

export function useNoticeCounts(enabled: MaybeRefOrGetter<boolean>) {
  return useQuery({ queryKey: noticesKey("counts"), enabled: computed(() => toValue(enabled)), refetchInterval: COUNTS_FRESH_MS, queryFn: () => unwrap(api.GET("/api/notices/counts")) });
}

export function useNotice(id: MaybeRefOrGetter<string>) {
  return useQuery({ queryKey: computed(() => noticesKey("one", toValue(id))), queryFn: (): Promise<NoticeDetail> => unwrap(api.GET("/api/notices/{id}", { params: { path: { id: toValue(id) } } })) });
}

export function usePreview(wish: MaybeRefOrGetter<NewNotices>) {
  return useQuery({ queryKey: computed(() => overdueKey("preview", toValue(wish))), retry: false, queryFn: () => unwrap(api.POST("/api/notices/preview", { body: toValue(wish) })) });
}

export function useSendNotices() {
  return useMutation({ mutationFn: (wish: NewNotices) => unwrap(api.POST("/api/notices", { body: wish })), onSettled: noteNotices });
}

export interface NoticeStepWish {
  id: string;
  event: string;
  version: number;
  words?: string;
  deadline_at?: string;
}

export function useNoticeStep() {
  return useMutation({
    mutationFn: ({ id, ...body }: NoticeStepWish) => unwrap(api.POST("/api/notices/{id}/steps", { params: { path: { id } }, body })),
    onSettled: noteNotices,
  });
}

export function useSignNotice() {
  return useMutation({ mutationFn: (id: string) => unwrap(api.POST("/api/notices/{id}/receipt", { params: { path: { id } }, body: {} })), onSettled: noteNotices });
}

/** Notices changed: lists, counts and what is overdue are read again. */
export function noteNotices(): void {
  for (const key of [NOTICES_KEY, OVERDUE_KEY]) void queries.invalidateQueries({ queryKey: [key] });
}
