// Which way live pictures come, and what may be tried: pure decisions from what the browser says about itself.

export type Transport = "WebRTC" | "MSE";
/** The full picture of a camera, the small one, or the full one coded anew by the platform. */
export type StreamKind = "main" | "sub" | "converted";

/** What is shown in small letters: how the pictures come, how they are coded, and their size. */
export interface Rung {
  transport: Transport;
  codec: string | null;
  size: string | null;
  stream: StreamKind;
}

/** How a stream's coding is called. */
export function codecName(mime: string): string | null {
  if (/avc1|avc3|h264/i.test(mime)) return "H.264";
  if (/hvc1|hev1|h265|hevc/i.test(mime)) return "H.265";
  return null;
}

/** True where a browser that receives these codings by WebRTC is worth a try: cameras send nothing else. */
export function mayReceive(mimes: readonly string[]): boolean {
  return mimes.some((mime) => codecName(mime) !== null);
}

export function rungWords(rung: Rung): string {
  return [rung.transport, rung.codec, rung.size].filter((word) => word !== null).join(" · ");
}

/** What the server says of a stream; one that says nothing gives the main one. */
export function streamKind(said: string | null | undefined): StreamKind {
  return said === "sub" || said === "converted" ? said : "main";
}

/** What to ask for where a browser cannot show a stream; nothing below the last. A camera without a sub-stream gives its main one for it. */
export function nextBelow(kind: StreamKind): StreamKind | null {
  if (kind === "main") return "sub";
  return kind === "sub" ? "converted" : null;
}

/** What a browser has counted about pictures by WebRTC. */
export interface Counted {
  frames: number;
  /** Sum of the seconds that pictures waited, and how many did. */
  waited_s: number;
  waited: number;
  round_trip_s: number;
}

/** Seconds from the server to the screen since the count before: half of the way there and back, and the wait in the browser. */
export function delaySeconds(before: Counted, now: Counted): number {
  const count = now.waited - before.waited;
  const wait_s = count > 0 ? (now.waited_s - before.waited_s) / count : 0;
  return Math.max(0, wait_s + now.round_trip_s / 2);
}
