// A recording of a device into one <video>: the wire of live pictures, and orders back. Unlike live pictures it is not hurried to the newest
// one, it may be halted, and when it breaks off a person decides whether to begin again.
import { Feeder, rangesOf } from "./feeder";
import { placeOf, stay, type Anchor } from "./recordingPolicy";

export type RecordingState = "connecting" | "playing" | "paused" | "trouble" | "ended" | "closed" | "unsupported" | "denied";

export interface RecordingNews {
  state: RecordingState;
  /** Why not, in both languages, where the device or the server says so. */
  reason_zh: string;
  reason_en: string;
  /** The last order was refused; the server's words. */
  refused: string;
  /** An order is under way. */
  busy: boolean;
  simulated: boolean;
  speed: number;
  /** The moment of the recording that is on screen. */
  at_ms: number;
}

interface Said {
  type: "init" | "state" | "ordered" | "problem" | "ended";
  mime?: string;
  simulated?: boolean;
  state?: string;
  reason_zh?: string;
  reason_en?: string;
  problem?: { title: string; detail?: string };
}
export type Order = { order: "pause" } | { order: "resume" } | { order: "speed"; speed: number } | { order: "seek"; at: string };

const WATCH_EVERY_MS = 250;
/** Policy close code of the WebSocket: signed out or not allowed. */
const CLOSE_POLICY = 1008;
/** States of the stream that are no trouble: it is on its way, or there. */
const QUIET_STATES: ReadonlySet<string> = new Set(["connecting", "online"]);

export class RecordingStream {
  private readonly feeder: Feeder;
  private socket: WebSocket | null = null;
  private timer: number | undefined;
  private anchor: Anchor;
  private asked: Order | null = null;
  private news: RecordingNews;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly url: string,
    from_ms: number,
    private readonly tell: (news: RecordingNews) => void,
  ) {
    this.feeder = new Feeder(video, () => this.socket?.close());
    this.anchor = { at_ms: from_ms, position_s: 0 };
    this.news = { state: "connecting", reason_zh: "", reason_en: "", refused: "", busy: false, simulated: false, speed: 1, at_ms: from_ms };
  }

  start(): void {
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.addEventListener("message", (message: MessageEvent<string | ArrayBuffer>) => {
      if (typeof message.data === "string") this.hear(JSON.parse(message.data) as Said);
      else this.feeder.push(message.data);
    });
    socket.addEventListener("close", (closed) => this.closed(closed.code));
    this.timer = window.setInterval(() => this.watch(), WATCH_EVERY_MS);
  }

  stop(): void {
    window.clearInterval(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.feeder.drop();
  }

  /** Gives an order; one at a time. */
  order(order: Order): void {
    if (this.asked || this.socket?.readyState !== WebSocket.OPEN) return;
    this.asked = order;
    this.socket.send(JSON.stringify(order));
    this.say({ busy: true, refused: "" });
  }

  private say(change: Partial<RecordingNews>): void {
    this.news = { ...this.news, ...change };
    this.tell(this.news);
  }

  private closed(code: number): void {
    if (!this.socket) return;
    this.asked = null;
    if (code === CLOSE_POLICY) this.say({ state: "denied", busy: false });
    else if (this.news.state === "playing" || this.news.state === "paused" || this.news.state === "connecting") this.say({ state: "closed", busy: false });
    else this.say({ busy: false });
  }

  private hear(said: Said): void {
    if (said.type === "init") this.begin(said);
    else if (said.type === "ordered") this.ordered();
    else if (said.type === "ended") this.say({ state: "ended" });
    else if (said.type === "problem") {
      this.asked = null;
      this.say({ busy: false, refused: said.problem?.detail || said.problem?.title || "" });
    } else if (!QUIET_STATES.has(said.state ?? "")) this.say({ state: "trouble", reason_zh: said.reason_zh ?? "", reason_en: said.reason_en ?? "" });
  }

  private begin(init: Said): void {
    this.anchor = { at_ms: this.news.at_ms, position_s: 0 };
    if (!this.feeder.begin(init.mime ?? "")) {
      this.say({ state: "unsupported" });
      this.socket?.close();
      return;
    }
    this.say({ simulated: init.simulated ?? false });
  }

  /** The device took the order: only now does the picture follow it. */
  private ordered(): void {
    const { asked } = this;
    this.asked = null;
    this.say({ busy: false });
    if (!asked) return;
    if (asked.order === "pause") {
      this.video.pause();
      this.say({ state: "paused" });
    } else if (asked.order === "resume") this.say({ state: "playing" });
    else if (asked.order === "speed") this.say({ speed: asked.speed });
    else {
      // What is buffered is of the time before; what comes next is of the time asked for.
      const end_s = rangesOf(this.video).at(-1)?.end_s ?? this.video.currentTime;
      this.anchor = { at_ms: Date.parse(asked.at), position_s: end_s };
      this.video.currentTime = end_s;
      this.say({ at_ms: this.anchor.at_ms, state: "playing" });
    }
  }

  private watch(): void {
    const ranges = rangesOf(this.video);
    if (ranges.length === 0 || this.news.state === "paused") return;
    const step = stay(ranges, this.video.currentTime, this.news.speed);
    if (step.seek_s !== null) this.video.currentTime = step.seek_s;
    if (this.video.playbackRate !== step.rate) this.video.playbackRate = step.rate;
    if (step.trim_before_s !== null) this.feeder.trim(step.trim_before_s);
    if (this.video.paused) this.video.play().catch(() => undefined);
    const has_picture = this.video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    const goes_on = this.news.state === "connecting" || this.news.state === "trouble";
    this.say({ at_ms: placeOf(this.anchor, this.video.currentTime), ...(has_picture && goes_on ? { state: "playing" as const } : {}) });
  }
}
