// Plays the recordings of one camera over any length: films of ten minutes in two <video> elements that take turns, so that the next film
// already stands at its first picture when the one before ends. Gaps are skipped and told.
import { asProblem } from "@/api/problem";
import { filmOf, recordedFrom, skipped, type Stretch } from "./footage";
import { FilmSlot, type Look } from "./filmSlot";

export type FootageState = "idle" | "loading" | "paused" | "playing" | "ended" | "nothing" | "refused" | "trouble";

export interface FootageNews {
  state: FootageState;
  /** The moment on screen. */
  at_ms: number;
  /** Which of the two elements is shown. */
  shown: 0 | 1;
  /** The last gap that was skipped. */
  gap: Stretch | null;
  /** What went wrong, in state `trouble`. */
  problem: unknown;
}

const WATCH_EVERY_MS = 100;
/** The next film is fetched when this much is left on the clock of whoever looks. */
const AHEAD_S = 15;
/** Until two pictures one after the other were seen, cameras are thought to send 25 a second. */
const FRAME_S = 0.04;
const FRAME_S_MIN = 0.008;

export class FootagePlayer {
  private readonly slots: [FilmSlot, FilmSlot];
  private front: 0 | 1 = 0;
  private speed = 1;
  private wants_play = false;
  private turn = 0;
  private next: { film: Stretch; at_ms: number; ready: Promise<boolean> } | null = null;
  private before: { at_ms: number; position_s: number } | null = null;
  private frame = { media_s: 0, length_s: FRAME_S };
  private news: FootageNews;
  private readonly timer: number;

  constructor(
    videos: [HTMLVideoElement, HTMLVideoElement],
    private readonly look: Look,
    private readonly recorded: () => readonly Stretch[],
    at_ms: number,
    private readonly tell: (news: FootageNews) => void,
  ) {
    this.slots = [new FilmSlot(videos[0]), new FilmSlot(videos[1])];
    this.news = { state: "idle", at_ms, shown: 0, gap: null, problem: null };
    this.timer = window.setInterval(() => this.watch(), WATCH_EVERY_MS);
    for (const video of videos) this.countFrames(video);
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.turn += 1;
    for (const slot of this.slots) slot.drop();
  }

  /** Goes to a moment, or to where the footage goes on after it. Plays on when it was playing. */
  async seek(wanted_ms: number): Promise<void> {
    this.turn += 1;
    const { turn } = this;
    this.before = null;
    const at_ms = recordedFrom(this.recorded(), wanted_ms);
    if (at_ms === null) {
      this.shownSlot.element.pause();
      this.say({ state: "nothing", at_ms: wanted_ms });
      return;
    }
    const gap = skipped(wanted_ms, at_ms, 0);
    this.say({ state: "loading", at_ms, gap, problem: null });
    const { film } = this.shownSlot;
    const is_here = film !== null && at_ms >= film.from_ms && at_ms < film.to_ms;
    try {
      if (is_here) await this.shownSlot.place(at_ms);
      else {
        this.next = null;
        await this.shownSlot.load(this.look, filmOf(at_ms, this.known_to_ms), at_ms);
      }
      if (turn === this.turn) this.go();
    } catch (thrown) {
      if (turn === this.turn) await this.failed(thrown, filmOf(at_ms, this.known_to_ms));
    }
  }

  play(): void {
    this.wants_play = true;
    if (this.news.state === "paused") this.go();
    else if (this.news.state !== "loading" && this.news.state !== "playing") void this.seek(this.news.at_ms);
  }

  pause(): void {
    this.wants_play = false;
    this.shownSlot.element.pause();
    if (this.news.state === "playing") this.say({ state: "paused" });
  }

  setSpeed(speed: number): void {
    this.speed = speed;
    for (const slot of this.slots) this.pace(slot);
  }

  /** One picture on or back; halts. */
  step(by: 1 | -1): void {
    this.pause();
    const { element, left_s } = this.shownSlot;
    const { length_s } = this.frame;
    const from_s = Math.abs(element.currentTime - this.frame.media_s) < length_s * 2 ? this.frame.media_s : element.currentTime;
    const wanted_s = from_s + by * length_s + length_s / 2;
    const leaves = by > 0 ? left_s < length_s : wanted_s < 0;
    if (leaves) void this.seek(this.news.at_ms + by * length_s * 1000);
    else if (this.shownSlot.film) element.currentTime = wanted_s;
  }

  private get shownSlot(): FilmSlot {
    return this.slots[this.front];
  }

  private get known_to_ms(): number {
    return this.recorded().at(-1)?.to_ms ?? 0;
  }

  private say(change: Partial<FootageNews>): void {
    this.news = { ...this.news, shown: this.front, ...change };
    this.tell(this.news);
  }

  private pace(slot: FilmSlot): void {
    slot.element.defaultPlaybackRate = this.speed;
    slot.element.playbackRate = this.speed;
  }

  /** What is loaded stands where it should: plays, or shows its picture. */
  private go(): void {
    this.before = null;
    this.pace(this.shownSlot);
    this.say({ state: this.wants_play ? "playing" : "paused", at_ms: this.shownSlot.at_ms ?? this.news.at_ms });
    if (this.wants_play) this.shownSlot.element.play().catch(() => undefined);
  }

  private async failed(thrown: unknown, film: Stretch): Promise<void> {
    const problem = asProblem(thrown);
    if (problem.code === "lookup_needed") this.say({ state: "refused" });
    // The time line said something was there, and the newest seconds of it are not yet, or it is gone: on to what comes after.
    else if (problem.status === 404 && recordedFrom(this.recorded(), film.to_ms) !== null) await this.seek(film.to_ms);
    else if (problem.status === 404) this.say({ state: "nothing" });
    else this.say({ state: "trouble", problem });
  }

  private watch(): void {
    if (this.news.state !== "playing" && this.news.state !== "paused") return;
    const slot = this.shownSlot;
    const at_ms = slot.at_ms;
    if (at_ms === null) return;
    const position_s = slot.element.currentTime;
    const gap = this.before && position_s >= this.before.position_s ? skipped(this.before.at_ms, at_ms, (position_s - this.before.position_s) * 1000) : null;
    this.before = { at_ms, position_s };
    if (at_ms !== this.news.at_ms || gap) this.say({ at_ms, ...(gap ? { gap } : {}) });
    if (this.news.state !== "playing") return;
    if (slot.left_s / this.speed < AHEAD_S) this.prepare();
    if (slot.is_over) void this.turnOver();
  }

  /** Loads the film that follows into the element that is not shown. */
  private prepare(): void {
    const film = this.shownSlot.film;
    if (!film || this.next) return;
    const at_ms = recordedFrom(this.recorded(), film.to_ms);
    if (at_ms === null) return;
    const following = filmOf(at_ms, this.known_to_ms, at_ms === film.to_ms ? at_ms : undefined);
    const ready = this.slots[this.front === 0 ? 1 : 0].load(this.look, following, at_ms);
    ready.catch(() => undefined);
    this.next = { film: following, at_ms, ready };
  }

  private async turnOver(): Promise<void> {
    this.prepare();
    const { next, turn } = this;
    if (!next) {
      this.wants_play = false;
      this.say({ state: "ended" });
      return;
    }
    this.next = null;
    const last_ms = this.news.at_ms;
    this.say({ state: "loading" });
    try {
      await next.ready;
      if (turn !== this.turn) return;
      const old = this.shownSlot;
      this.front = this.front === 0 ? 1 : 0;
      this.go();
      old.drop();
      const gap = skipped(last_ms, next.at_ms, 0);
      if (gap) this.say({ gap });
    } catch (thrown) {
      if (turn === this.turn) await this.failed(thrown, next.film);
    }
  }

  /** Learns how far apart pictures are, where the browser tells of each. */
  private countFrames(video: HTMLVideoElement): void {
    if (!("requestVideoFrameCallback" in video)) return;
    const count = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
      const apart_s = mediaTime - this.frame.media_s;
      const is_next = this.speed <= 1 && apart_s > FRAME_S_MIN && apart_s < 1;
      if (video === this.shownSlot.element) this.frame = { media_s: mediaTime, length_s: is_next && this.news.state === "playing" ? apart_s : this.frame.length_s };
      video.requestVideoFrameCallback(count);
    };
    video.requestVideoFrameCallback(count);
  }
}
