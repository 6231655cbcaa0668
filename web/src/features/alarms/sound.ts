// The alarm sound, made with WebAudio: no file to load, so nothing can be missing when it is needed.
// Browsers keep it locked until the first key or click; the page shows that in words (see `soundReady`).
import { readonly, ref } from "vue";

const BEEP_S = 0.18;
const GAP_S = 0.09;
const VOLUME = 0.25;
const RAMP_S = 0.015;

/** Tones in Hz: level 1 is high, urgent and long; level 2 lower and short. */
const TONES: Readonly<Record<number, readonly number[]>> = { 1: [988, 740, 988, 740, 988, 740], 2: [660, 880] };

/** An untaken level-1 alarm calls again after this long, a level-2 one later. */
const REPEAT_MS: Readonly<Record<number, number>> = { 1: 4_000, 2: 15_000 };

let context: AudioContext | null = null;
const ready = ref(false);
export const soundReady = readonly(ready);

/** To be called from a key or click. */
export function unlockSound(): void {
  context ??= new AudioContext();
  const audio = context;
  if (audio.state === "running") {
    ready.value = true;
    return;
  }
  audio.resume().then(
    () => (ready.value = audio.state === "running"),
    () => (ready.value = false),
  );
}

/** Which level should sound now, and when the next call is due; null for silence. Only levels 1 and 2 have a sound. */
export function dueCall(waiting_levels: number[], last_call_ms: number | null, now_ms: number): number | null {
  const level = Math.min(...waiting_levels);
  const repeat_ms = REPEAT_MS[level];
  if (repeat_ms === undefined) return null;
  return last_call_ms === null || now_ms - last_call_ms >= repeat_ms ? level : null;
}

export function playCall(level: number): void {
  const audio = context;
  const tones = TONES[level];
  if (!audio || audio.state !== "running" || !tones) return;
  tones.forEach((tone_hz, index) => {
    const start_s = audio.currentTime + index * (BEEP_S + GAP_S);
    const oscillator = audio.createOscillator();
    const gain = audio.createGain();
    oscillator.type = "square";
    oscillator.frequency.value = tone_hz;
    gain.gain.setValueAtTime(0, start_s);
    gain.gain.linearRampToValueAtTime(VOLUME, start_s + RAMP_S);
    gain.gain.setValueAtTime(VOLUME, start_s + BEEP_S - RAMP_S);
    gain.gain.linearRampToValueAtTime(0, start_s + BEEP_S);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start_s);
    oscillator.stop(start_s + BEEP_S);
  });
}
