// One <video> with one film of footage: loads it with its marks and places it at a moment. Two of these take turns in the footage player.
import { queryText } from "@/api/address";
import { api, unwrap } from "@/api/client";
import { ApiProblem } from "@/api/problem";
import { filmName, momentAt, positionAt, type FilmMark, type Stretch } from "./footage";

/** A hair behind the moment asked for, so that its own picture is shown and not the one before. */
const HAIR_S = 0.001;
const MICRO = 1e-6;

/** Who looks at which camera. */
export interface Look {
  camera_id: string;
  grant: string;
}

export class FilmSlot {
  film: Stretch | null = null;
  private marks: FilmMark[] = [];
  private turn = 0;

  constructor(readonly element: HTMLVideoElement) {}

  /** The moment on screen; none while nothing is loaded. */
  get at_ms(): number | null {
    return this.film ? momentAt(this.marks, this.element.currentTime) : null;
  }

  /** Seconds of the film still to come, at normal speed. */
  get left_s(): number {
    return Math.max(0, (this.element.duration || 0) - this.element.currentTime);
  }

  get is_over(): boolean {
    return this.element.ended || (this.film !== null && (this.at_ms ?? 0) >= this.film.to_ms);
  }

  /** Loads a film and stands at a moment of it. False when another load overtook this one; throws what the server refused. */
  async load({ camera_id, grant }: Look, film: Stretch, at_ms: number): Promise<boolean> {
    this.drop();
    const { turn } = this;
    const query = { grant, from: new Date(film.from_ms).toISOString(), to: new Date(film.to_ms).toISOString() };
    const { marks } = await unwrap(api.GET("/api/cameras/{id}/recording/marks", { params: { path: { id: camera_id }, query } }));
    if (turn !== this.turn) return false;
    this.marks = marks.map((mark) => ({ position_s: mark.position_us * MICRO, at_ms: Date.parse(mark.at) }));
    this.element.src = `/api/cameras/${encodeURIComponent(camera_id)}/${filmName(navigator.vendor)}${queryText(query)}`;
    await this.heard("loadedmetadata");
    if (turn !== this.turn) return false;
    this.film = film;
    await this.place(at_ms);
    return turn === this.turn;
  }

  /** Stands at a moment of the film that is loaded. */
  async place(at_ms: number): Promise<void> {
    const { turn } = this;
    this.element.currentTime = positionAt(this.marks, at_ms) + HAIR_S;
    await this.heard("seeked").catch((thrown: unknown) => {
      if (turn === this.turn) throw thrown;
    });
  }

  drop(): void {
    this.turn += 1;
    this.film = null;
    this.marks = [];
    this.element.pause();
    if (!this.element.hasAttribute("src")) return;
    this.element.removeAttribute("src");
    this.element.load();
  }

  /** Waits for the element to say something. An element that is emptied meanwhile says so, and nobody waits for ever. */
  private heard(name: "loadedmetadata" | "seeked"): Promise<void> {
    const { element } = this;
    return new Promise((resolve, reject) => {
      const done = new AbortController();
      const { signal } = done;
      const good = (): void => {
        done.abort();
        resolve();
      };
      element.addEventListener(name, good, { signal });
      element.addEventListener("emptied", good, { signal });
      element.addEventListener("error", () => {
        done.abort();
        reject(new ApiProblem({ status: 0, code: "footage_unreadable", detail: element.error?.message ?? "" }));
      }, { signal });
    });
  }
}
