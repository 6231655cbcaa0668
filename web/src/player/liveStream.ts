// Live pictures of one camera into one <video>: fragmented MP4 over a WebSocket, fed to Media Source Extensions.
// It reconnects by itself and says in a word what is the matter. No sound: the cameras' audio is not carried.
import { Feeder, rangesOf } from "./feeder";
import { codecName, streamKind, type Rung, type StreamKind } from "./rung";
import { backoffMs, follow, lagSeconds, SILENT_AFTER_MS, type Range } from "./policy";

export type LiveState = "connecting" | "live" | "reconnecting" | "silent" | "camera" | "unsupported" | "denied";

export interface LiveNews {
  state: LiveState;
  /** The camera's own trouble, when `state` is `camera`. */
  camera_state: string | null;
  reason_code: string | null;
  simulated: boolean;
  lag_s: number;
  rung: Rung | null;
}

export const NO_NEWS: LiveNews = { state: "connecting", camera_state: null, reason_code: null, simulated: false, lag_s: 0, rung: null };

interface Init {
  type: "init";
  mime: string;
  simulated?: boolean;
  stream?: string;
}
interface CameraNews {
  type: "state";
  state: string;
  reason_code?: string | null;
}

/** States of a camera that are no trouble: one that stands by is called because somebody looks. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(["online", "connecting", "resting"]);
const WATCH_EVERY_MS = 500;
/** Policy close codes of the WebSocket: signed out or not allowed; trying again would not help. */
const CLOSE_POLICY = 1008;

export class LiveStream {
  private socket: WebSocket | null = null;
  private readonly feeder: Feeder;
  private attempt = 0;
  private last_data_ms = 0;
  private watch_timer: number | undefined;
  private retry_timer: number | undefined;
  private stopped = false;
  private news = NO_NEWS;
  private codec: string | null = null;
  private kind: StreamKind = "main";

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    private readonly tell: (news: LiveNews) => void,
  ) {
    this.feeder = new Feeder(video, () => this.restart());
  }

  start(): void {
    this.connect();
    this.watch_timer = window.setInterval(() => this.watch(), WATCH_EVERY_MS);
  }

  stop(): void {
    this.stopped = true;
    window.clearInterval(this.watch_timer);
    window.clearTimeout(this.retry_timer);
    this.socket?.close();
    this.feeder.drop();
  }

  private say(change: Partial<LiveNews>): void {
    this.news = { ...this.news, ...change };
    this.tell(this.news);
  }

  private connect(): void {
    if (this.stopped) return;
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.last_data_ms = performance.now();
    socket.addEventListener("message", (message: MessageEvent<string | ArrayBuffer>) => this.receive(message.data));
    socket.addEventListener("close", (closed) => this.closed(socket, closed.code));
  }

  private closed(socket: WebSocket, code: number): void {
    if (this.stopped || socket !== this.socket) return;
    if (code === CLOSE_POLICY) {
      this.say({ state: "denied" });
      return;
    }
    if (this.news.state === "unsupported") return;
    if (this.news.state !== "camera") this.say({ state: "reconnecting" });
    this.retry_timer = window.setTimeout(() => this.connect(), backoffMs(this.attempt, Math.random()));
    this.attempt += 1;
  }

  private receive(data: string | ArrayBuffer): void {
    this.last_data_ms = performance.now();
    if (typeof data !== "string") {
      this.feeder.push(data);
      return;
    }
    const message = JSON.parse(data) as Init | CameraNews;
    if (message.type === "init") this.begin(message);
    else if (message.type === "state" && ON_ITS_WAY.has(message.state)) this.say({ state: "connecting", camera_state: null, reason_code: null });
    else if (message.type === "state") this.say({ state: "camera", camera_state: message.state, reason_code: message.reason_code ?? null });
  }

  private begin(init: Init): void {
    if (!this.feeder.begin(init.mime)) {
      this.say({ state: "unsupported" });
      this.socket?.close();
      return;
    }
    this.codec = codecName(init.mime);
    this.kind = streamKind(init.stream);
    this.say({ simulated: init.simulated ?? false, camera_state: null, reason_code: null });
  }

  private watch(): void {
    const ranges = rangesOf(this.video);
    // A camera in trouble sends nothing; the server says when it is back.
    if (this.news.state === "camera" && this.socket?.readyState === WebSocket.OPEN && ranges.length === 0) return;
    if (performance.now() - this.last_data_ms > SILENT_AFTER_MS) {
      if (this.socket?.readyState === WebSocket.OPEN || this.socket?.readyState === WebSocket.CONNECTING) {
        this.say({ state: "silent" });
        this.restart();
      }
      return;
    }
    if (this.video.error) {
      this.restart();
      return;
    }
    if (ranges.length === 0) return;
    this.keepUp(ranges);
  }

  private keepUp(ranges: Range[]): void {
    const step = follow(ranges, this.video.currentTime, this.video.playbackRate);
    if (step.seek_s !== null) this.video.currentTime = step.seek_s;
    if (this.video.playbackRate !== step.rate) this.video.playbackRate = step.rate;
    if (step.trim_before_s !== null) this.feeder.trim(step.trim_before_s);
    if (this.video.paused) this.video.play().catch(() => undefined);
    // What is buffered plays on after the line is cut; only an open line makes it live.
    const open = this.socket?.readyState === WebSocket.OPEN;
    if (open && this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && this.news.state !== "camera") {
      this.attempt = 0;
      const { videoWidth, videoHeight } = this.video;
      const rung: Rung = { transport: "MSE", codec: this.codec, size: `${videoWidth}×${videoHeight}`, stream: this.kind };
      this.say({ state: "live", lag_s: lagSeconds(ranges, this.video.currentTime), rung });
    }
  }

  private restart(): void {
    this.feeder.drop();
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    window.clearTimeout(this.retry_timer);
    if (this.news.state === "live") this.say({ state: "reconnecting" });
    this.retry_timer = window.setTimeout(() => this.connect(), backoffMs(this.attempt, Math.random()));
    this.attempt += 1;
    this.last_data_ms = performance.now();
  }
}
