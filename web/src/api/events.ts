// The server's push: one EventSource for the whole page, with a watchdog, and a word for whether it is alive.
import { readonly, ref } from "vue";
import { backoffMs } from "@/player/policy";
import type { Alarm } from "./types";

export type PushState = "connecting" | "open" | "lost";

export interface AlarmNews {
  kind: "raised" | "changed";
  alarm: Alarm;
}
export interface CameraNews {
  id: string;
  state: string;
  reason_code?: string | null;
}
export interface PushHandlers {
  alarm(news: AlarmNews): void;
  camera(news: CameraNews): void;
  /** Some devices, or what they told of themselves, changed. */
  devices(): void;
  /** Devices reported something, or somebody said what it means. */
  deviceNotices(): void;
  /** Notices were written, signed, answered or reviewed. */
  notices(): void;
  /** A quarantine was proposed, decided or ended. */
  ruleQuality(): void;
  /** A planned silence was asked for, decided or ended. */
  silences(): void;
  /** An organisation, its people or a duty contract changed. */
  organisations(): void;
  /** Roll-calls of duty rooms were asked, answered or settled. */
  rollCalls(): void;
  /** Drills of duty rooms were planned, begun, worked or ended. */
  drills(): void;
  /** A duty room, a roster, who is on post, or a seat's timer changed. */
  duty(): void;
  /** A link of the way of alarms broke or is mended. */
  watchdog(): void;
  /** A fire facility told something, or how its device stands changed. */
  facilities(): void;
  /** The stream is back after a gap: whatever was shown may be old. */
  resumed(): void;
}

/** The server pings every 15 s; two missed pings and a bit is a dead line. */
const DEAD_AFTER_MS = 35_000;
const WATCH_EVERY_MS = 5_000;

const state = ref<PushState>("connecting");
export const pushState = readonly(state);

/** Opens the push stream; the answer closes it. */
export function openPush(handlers: PushHandlers): () => void {
  let source: EventSource | null = null;
  let heard_ms = Date.now();
  let attempt = 0;
  let had_gap = false;
  let retry: number | undefined;

  function alive(): void {
    heard_ms = Date.now();
    attempt = 0;
    state.value = "open";
    if (had_gap) {
      had_gap = false;
      handlers.resumed();
    }
  }
  function lose(): void {
    source?.close();
    source = null;
    had_gap = true;
    state.value = "lost";
    window.clearTimeout(retry);
    retry = window.setTimeout(connect, backoffMs(attempt, Math.random()));
    attempt += 1;
  }
  function on<Data>(name: string, handle: (data: Data) => void): void {
    source?.addEventListener(name, (event) => {
      alive();
      handle(JSON.parse((event as MessageEvent<string>).data) as Data);
    });
  }
  function connect(): void {
    heard_ms = Date.now();
    source = new EventSource("/api/events");
    source.addEventListener("open", alive);
    source.addEventListener("ping", alive);
    source.addEventListener("error", lose);
    source.addEventListener("resync", () => handlers.resumed());
    on<AlarmNews>("alarm", (news) => handlers.alarm(news));
    on<CameraNews>("camera", (news) => handlers.camera(news));
    on("devices", () => handlers.devices());
    on("device_notices", () => handlers.deviceNotices());
    on("notices", () => handlers.notices());
    on("rule_quality", () => handlers.ruleQuality());
    on("silences", () => handlers.silences());
    on("organisations", () => handlers.organisations());
    on("roll_calls", () => handlers.rollCalls());
    on("drills", () => handlers.drills());
    on("duty", () => handlers.duty());
    on("watchdog", () => handlers.watchdog());
    on("facilities", () => handlers.facilities());
  }

  state.value = "connecting";
  connect();
  const watchdog = window.setInterval(() => {
    if (source && Date.now() - heard_ms > DEAD_AFTER_MS) lose();
  }, WATCH_EVERY_MS);
  return () => {
    window.clearInterval(watchdog);
    window.clearTimeout(retry);
    source?.close();
    state.value = "connecting";
  };
}
