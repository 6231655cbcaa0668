// Live pictures of one camera into one <video> by WebRTC, asked for by WHEP (RFC 9725). The least delay, but UDP must get through and the
// browser must know the camera's coding; where it does not work within three seconds, or stops, the owner takes another way.
import { codecName, delaySeconds, mayReceive, streamKind, type Counted, type Rung, type StreamKind } from "./rung";

/** A picture within this time, or another way is taken. */
const FIRST_PICTURE_MS = 3_000;
/** A camera sends at least a picture a second; without one for so long something is wrong that the other way can name. */
const STILL_AFTER_MS = 5_000;
const WATCH_EVERY_MS = 500;
/** Where it did not work, it is not tried again for a while: the next camera shall not wait three seconds, too. */
const REST_MS = 5 * 60_000;

let rests_until_ms = 0;

export interface RtcNews {
  lag_s: number;
  simulated: boolean;
  rung: Rung;
}

/** True where this browser and the network so far give reason to try. */
export function isWorthATry(): boolean {
  if (performance.now() < rests_until_ms || typeof RTCPeerConnection === "undefined") return false;
  const known = RTCRtpReceiver.getCapabilities("video")?.codecs ?? [];
  return mayReceive(known.map((codec) => codec.mimeType));
}

export class RtcStream {
  private readonly line = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  private readonly abort = new AbortController();
  private location: string | null = null;
  private simulated = false;
  private kind: StreamKind = "main";
  private watch_timer: number | undefined;
  private began_ms = 0;
  private moved_ms = 0;
  private counted: Counted | null = null;
  private stopped = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly tell: (news: RtcNews) => void,
    private readonly failed: () => void,
  ) {}

  start(): void {
    this.began_ms = performance.now();
    this.watch_timer = window.setInterval(() => void this.watch(), WATCH_EVERY_MS);
    this.connect().catch(() => this.fail());
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    window.clearInterval(this.watch_timer);
    this.abort.abort();
    this.line.close();
    this.video.srcObject = null;
    this.leave();
  }

  private leave(): void {
    if (this.location) void fetch(this.location, { method: "DELETE", keepalive: true }).catch(() => undefined);
    this.location = null;
  }

  private fail(): void {
    if (this.stopped) return;
    if (this.moved_ms === 0) rests_until_ms = performance.now() + REST_MS;
    this.stop();
    this.failed();
  }

  private async connect(): Promise<void> {
    const { receiver } = this.line.addTransceiver("video", { direction: "recvonly" });
    // Pictures are shown when they are there; a smooth picture of the past steers no camera.
    receiver.jitterBufferTarget = 0;
    this.video.srcObject = new MediaStream([receiver.track]);
    this.line.addEventListener("connectionstatechange", () => {
      if (this.line.connectionState === "failed") this.fail();
    });
    await this.line.setLocalDescription();
    // The server answers checks and sends none, so it needs none of our addresses.
    const answer = await fetch(this.url, {
      method: "POST",
      headers: { "content-type": "application/sdp" },
      body: this.line.localDescription?.sdp ?? "",
      signal: this.abort.signal,
    });
    if (answer.status !== 201) throw new Error(`${answer.status}`);
    this.location = answer.headers.get("location");
    if (this.stopped) return this.leave();
    this.simulated = answer.headers.get("x-simulated") === "true";
    this.kind = streamKind(answer.headers.get("x-stream"));
    await this.line.setRemoteDescription({ type: "answer", sdp: await answer.text() });
    await this.video.play().catch(() => undefined);
  }

  private async watch(): Promise<void> {
    const report = await this.line.getStats();
    if (this.stopped) return;
    const now_ms = performance.now();
    const { counted, rung } = read(report);
    if (counted.frames > (this.counted?.frames ?? 0)) this.moved_ms = now_ms;
    const is_late = this.moved_ms === 0 ? now_ms - this.began_ms > FIRST_PICTURE_MS : now_ms - this.moved_ms > STILL_AFTER_MS;
    if (is_late) this.fail();
    else if (this.moved_ms > 0) this.tell({ lag_s: delaySeconds(this.counted ?? counted, counted), simulated: this.simulated, rung: { ...rung, stream: this.kind } });
    this.counted = counted;
  }
}

interface Inbound extends RTCInboundRtpStreamStats {
  jitterBufferDelay?: number;
  jitterBufferEmittedCount?: number;
}
interface CodecStats {
  mimeType?: string;
}

function read(report: RTCStatsReport): { counted: Counted; rung: Omit<Rung, "stream"> } {
  const counted: Counted = { frames: 0, waited_s: 0, waited: 0, round_trip_s: 0 };
  const rung: Omit<Rung, "stream"> = { transport: "WebRTC", codec: null, size: null };
  report.forEach((entry: RTCStats) => {
    if (entry.type === "candidate-pair") counted.round_trip_s = (entry as RTCIceCandidatePairStats).currentRoundTripTime ?? counted.round_trip_s;
    if (entry.type !== "inbound-rtp") return;
    const pictures = entry as Inbound;
    if (pictures.kind !== "video") return;
    counted.frames = pictures.framesDecoded ?? 0;
    counted.waited_s = pictures.jitterBufferDelay ?? 0;
    counted.waited = pictures.jitterBufferEmittedCount ?? 0;
    const codec = pictures.codecId === undefined ? undefined : (report.get(pictures.codecId) as CodecStats | undefined);
    rung.codec = codecName(codec?.mimeType ?? "");
    if (pictures.frameWidth) rung.size = `${pictures.frameWidth}×${pictures.frameHeight ?? 0}`;
  });
  return { counted, rung };
}
