// One voice to one channel, from pressing the button to letting it go: the microphone is opened, the device is asked, and what is said goes out
// until the button is let go or somebody ends it.
import { MicrophoneError, openMicrophone, type Microphone, type MicrophoneTrouble } from "./microphone";

export type VoiceState = "idle" | "opening" | "calling" | "speaking";

export interface VoiceNews {
  state: VoiceState;
  /** Why there is no microphone, or that the connection broke. */
  trouble: MicrophoneTrouble | "closed" | "notAllowed" | "";
  /** Why the device cannot be spoken to, or ended it, in the server's words. */
  reason_zh: string;
  reason_en: string;
}

interface Said {
  type: "state" | "problem" | "over";
  state?: string;
  problem?: { title: string; detail?: string };
  reason_zh?: string;
  reason_en?: string;
}

/** What may wait in the browser, in bytes: a quarter of a second. What is said while more waits would be heard too late. */
const WAITING_BYTES_MAX = 4_096;
/** Policy close code of the WebSocket: signed out or not allowed. */
const CLOSE_POLICY = 1008;
export const QUIET: VoiceNews = { state: "idle", trouble: "", reason_zh: "", reason_en: "" };

/** 16-bit samples as the wire has them: the low byte first, whatever this machine has. */
export function bytesOf(samples: Int16Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => view.setInt16(index * 2, sample, true));
  return view.buffer;
}

export class VoiceCall {
  private microphone: Microphone | null = null;
  private socket: WebSocket | null = null;
  private is_over = false;
  private news: VoiceNews = QUIET;

  constructor(
    private readonly url: string,
    private readonly tell: (news: VoiceNews) => void,
  ) {}

  async start(): Promise<void> {
    this.say({ state: "opening" });
    try {
      const microphone = await openMicrophone((samples) => this.send(samples));
      if (this.is_over) microphone.close();
      else {
        this.microphone = microphone;
        this.connect();
      }
    } catch (thrown) {
      this.end({ trouble: thrown instanceof MicrophoneError ? thrown.trouble : "busy" });
    }
  }

  /** The button is let go. */
  stop(): void {
    this.end({});
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.say({ state: "calling" });
    socket.addEventListener("message", (message: MessageEvent<string>) => this.hear(JSON.parse(message.data) as Said));
    socket.addEventListener("close", (closed) => this.end({ trouble: closed.code === CLOSE_POLICY ? "notAllowed" : "closed" }));
  }

  private hear(said: Said): void {
    if (said.type === "state" && said.state === "speaking") this.say({ state: "speaking" });
    else if (said.type === "over") this.end({ reason_zh: said.reason_zh ?? "", reason_en: said.reason_en ?? "" });
    else if (said.type === "problem") {
      const words = said.problem?.detail || said.problem?.title || "";
      this.end({ reason_zh: words, reason_en: words });
    }
  }

  private send(samples: Int16Array): void {
    const { socket } = this;
    if (this.news.state !== "speaking" || !socket || socket.bufferedAmount > WAITING_BYTES_MAX || samples.length === 0) return;
    socket.send(bytesOf(samples));
  }

  private end(why: Partial<VoiceNews>): void {
    if (this.is_over) return;
    this.is_over = true;
    this.microphone?.close();
    this.socket?.close();
    this.say({ state: "idle", ...why });
  }

  private say(change: Partial<VoiceNews>): void {
    this.news = { ...this.news, ...change };
    this.tell(this.news);
  }
}
