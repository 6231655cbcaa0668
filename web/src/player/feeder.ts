// Fragmented MP4 into one <video>: a queue in front of a Media Source Extensions buffer. Who plays what, and when, is decided by its owner.
import { QUEUE_BYTES_MAX, type Range } from "./policy";

/** What is buffered in an element, in order. */
export function rangesOf(video: HTMLVideoElement): Range[] {
  const { buffered } = video;
  return Array.from({ length: buffered.length }, (_, i) => ({ start_s: buffered.start(i), end_s: buffered.end(i) }));
}

export class Feeder {
  private source: MediaSource | null = null;
  private buffer: SourceBuffer | null = null;
  private queue: ArrayBuffer[] = [];
  private queue_bytes = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    /** The buffer is full or broken; only a fresh stream helps. */
    private readonly broken: () => void,
  ) {}

  /** Begins a stream anew; false where this browser cannot play it. */
  begin(mime: string): boolean {
    this.drop();
    if (typeof MediaSource === "undefined" || !MediaSource.isTypeSupported(mime)) return false;
    const source = new MediaSource();
    this.source = source;
    this.video.src = URL.createObjectURL(source);
    source.addEventListener(
      "sourceopen",
      () => {
        if (source !== this.source) return;
        this.buffer = source.addSourceBuffer(mime);
        this.buffer.addEventListener("updateend", () => this.drain());
        this.drain();
      },
      { once: true },
    );
    return true;
  }

  push(data: ArrayBuffer): void {
    this.queue.push(data);
    this.queue_bytes += data.byteLength;
    if (this.queue_bytes > QUEUE_BYTES_MAX) this.broken();
    else this.drain();
  }

  /** Forgets what was shown before this time. */
  trim(before_s: number): void {
    if (this.buffer && !this.buffer.updating) this.buffer.remove(0, before_s);
  }

  drop(): void {
    this.queue = [];
    this.queue_bytes = 0;
    this.buffer = null;
    this.source = null;
    if (this.video.src) {
      URL.revokeObjectURL(this.video.src);
      this.video.removeAttribute("src");
      this.video.load();
    }
  }

  private drain(): void {
    const { buffer } = this;
    if (!buffer || buffer.updating || this.source?.readyState !== "open") return;
    const data = this.queue.shift();
    if (!data) return;
    this.queue_bytes -= data.byteLength;
    try {
      buffer.appendBuffer(data);
    } catch {
      // A full or broken buffer cannot be repaired in place; a fresh stream starts at a key frame anyway.
      this.broken();
    }
  }
}
