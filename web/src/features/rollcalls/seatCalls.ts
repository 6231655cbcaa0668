// What a seat hears of roll-calls: it asks and waits, shows the code of now, and sends the answer – later, where the line is down.
import { onScopeDispose, ref, type Ref } from "vue";
import { asProblem } from "@/api/problem";
import type { SeatRoomCode, SeatRollCall, SeatRollCallAnswered, SeatRollCalls } from "@/api/types";
import { seatFetch } from "@/features/duty/seatKey";

/** Seconds that the server may keep the seat waiting. */
const WAIT_S = 25;
/** After a failure the line is tried again so soon. */
const AGAIN_MS = 2_000;
/** The next code is asked for a moment after the last one is over. */
const CODE_LAG_MS = 300;
/** Codes are asked for again at least so often, whatever the clock of this machine says. */
const CODE_AT_MOST_MS = 30_000;

export interface Outcome {
  state: "answered" | "late";
  after_ms: number;
}

export interface SeatCalls {
  calls: Ref<SeatRollCall[]>;
  code: Ref<SeatRoomCode | null>;
  /** Milliseconds by which the server's clock is ahead of this machine's. */
  ahead_ms: Ref<number>;
  is_lost: Ref<boolean>;
  is_answering: Ref<boolean>;
  is_queued: Ref<boolean>;
  outcome: Ref<Outcome | null>;
  refusal: Ref<string | null>;
  answer(id: string): Promise<void>;
}

const pause = (ms: number): Promise<void> => new Promise((done) => window.setTimeout(done, ms));

export function useSeatCalls(): SeatCalls {
  const calls = ref<SeatRollCall[]>([]);
  const code = ref<SeatRoomCode | null>(null);
  const ahead_ms = ref(0);
  const is_lost = ref(false);
  const is_answering = ref(false);
  const is_queued = ref(false);
  const outcome = ref<Outcome | null>(null);
  const refusal = ref<string | null>(null);
  const life = new AbortController();
  onScopeDispose(() => life.abort());

  async function listen(): Promise<void> {
    let wait_s = 0;
    while (!life.signal.aborted) {
      try {
        const knows = calls.value.map((one) => one.id).join(",");
        const heard = await seatFetch<SeatRollCalls>("GET", `/api/seat/roll-calls?knows=${knows}&wait_s=${wait_s}`);
        if (heard.calls.some((one) => !calls.value.some((known) => known.id === one.id))) outcome.value = null;
        calls.value = heard.calls;
        ahead_ms.value = Date.parse(heard.now) - Date.now();
        is_lost.value = false;
        wait_s = WAIT_S;
      } catch {
        is_lost.value = true;
        wait_s = 0;
        await pause(AGAIN_MS);
      }
    }
  }
  async function readCode(): Promise<void> {
    while (!life.signal.aborted) {
      try {
        const shown = await seatFetch<SeatRoomCode>("GET", "/api/seat/code");
        code.value = shown;
        await pause(Math.min(CODE_AT_MOST_MS, Date.parse(shown.valid_until) - Date.parse(shown.now) + CODE_LAG_MS));
      } catch {
        code.value = null;
        await pause(AGAIN_MS);
      }
    }
  }
  async function send(id: string, digits: string, device_at: string | null): Promise<void> {
    const done = await seatFetch<SeatRollCallAnswered>("POST", `/api/seat/roll-calls/${id}/answer`, { digits, ...(device_at ? { device_at } : {}) });
    outcome.value = { state: done.state === "late" ? "late" : "answered", after_ms: done.answered_after_ms };
    calls.value = calls.value.filter((one) => one.id !== id);
  }
  async function answer(id: string): Promise<void> {
    if (is_answering.value || !code.value) return;
    const digits = code.value.digits;
    const pressed_at = new Date(Date.now() + ahead_ms.value).toISOString();
    is_answering.value = true;
    refusal.value = null;
    try {
      for (let device_at: string | null = null; !life.signal.aborted; device_at = pressed_at) {
        try {
          await send(id, digits, device_at);
          break;
        } catch (thrown) {
          const problem = asProblem(thrown);
          if (problem.status !== 0) {
            refusal.value = problem.fields[0]?.code ?? problem.code;
            break;
          }
          // The line is down: what was pressed is sent as soon as it is back, with the moment as a note.
          is_queued.value = true;
          await pause(AGAIN_MS);
        }
      }
    } finally {
      is_answering.value = false;
      is_queued.value = false;
    }
  }
  void listen();
  void readCode();
  return { calls, code, ahead_ms, is_lost, is_answering, is_queued, outcome, refusal, answer };
}
