// What somebody looks at and the grant for it; and the time line that the grant opens.
import { useQuery } from "@tanstack/vue-query";
import { computed, toValue, type MaybeRefOrGetter } from "vue";
import { api, serverNow, unwrap } from "@/api/client";
import type { CameraTimeline, LookupGrant, Why } from "@/api/recordings";
import type { Camera } from "@/api/types";
import { stretches, type Stretch } from "@/player/footage";
import type { LineContent } from "./draw";

/** Footage of a running day grows; the line follows it. */
const LINE_EVERY_MS = 15_000;

export interface Look {
  camera: Camera;
  span: Stretch;
  why: Why;
  alarm_id?: string | undefined;
  /** Where to begin; the first picture otherwise. */
  at_ms?: number | undefined;
  grant: LookupGrant;
}

const iso = (ms: number): string => new Date(ms).toISOString();
export const isoSpan = (span: Stretch): { from: string; to: string } => ({ from: iso(span.from_ms), to: iso(span.to_ms) });

/** Writes the look-up into the register. */
export function grantLook(look: Omit<Look, "grant">): Promise<LookupGrant> {
  const { camera, span, why, alarm_id } = look;
  const body = { camera_id: camera.id, ...isoSpan(span), kind: "playback", reason: why.reason, ...(why.note ? { note: why.note } : {}), ...(alarm_id ? { alarm_id } : {}) };
  return unwrap(api.POST("/api/lookups", { body }));
}

export function useTimeline(look: MaybeRefOrGetter<Look>) {
  return useQuery({
    queryKey: computed(() => ["timeline", toValue(look).grant.grant]),
    queryFn: () => {
      const { camera, grant, span } = toValue(look);
      return unwrap(api.GET("/api/cameras/{id}/timeline", { params: { path: { id: camera.id }, query: { grant: grant.grant, ...isoSpan(span) } } }));
    },
    refetchInterval: () => (toValue(look).span.to_ms > serverNow() ? LINE_EVERY_MS : false),
  });
}

export const EMPTY_LINE: LineContent = { recorded: [], gaps: [], deleted: [], pins: [], alarms: [] };

export function contentOf(line: CameraTimeline | undefined): LineContent {
  if (!line) return EMPTY_LINE;
  const span = (one: { from: string; to: string }): Stretch => ({ from_ms: Date.parse(one.from), to_ms: Date.parse(one.to) });
  return {
    recorded: stretches(line.recorded),
    gaps: line.gaps.map((gap) => ({ ...span(gap), cause: gap.cause })),
    deleted: line.deletions.map(span),
    pins: line.pins.map(span),
    alarms: line.alarms.map((alarm) => ({ at_ms: Date.parse(alarm.at), level: alarm.level })),
  };
}
