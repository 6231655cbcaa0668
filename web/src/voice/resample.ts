// The microphone's rate, 44.1 or 48 kHz, into the 8 kHz of telephones: a windowed sinc, so that what lies above 4 kHz does not whistle below it.

/** What devices hear. */
export const VOICE_RATE_HZ = 8_000;
/** What passes, as a part of half the lower rate: the filter needs some room to fall. */
const PASS = 0.9;
/** How far the filter looks to each side, in samples of the lower rate. */
const REACH = 12;
const LOUDEST = 32_767;

export class Resampler {
  /** Samples of the higher rate per sample of the lower one. */
  private readonly step: number;
  private readonly reach: number;
  private waiting = new Float32Array(0);
  /** Where the next sample lies in `waiting`. */
  private at: number;

  constructor(rate_hz: number) {
    this.step = Math.max(rate_hz / VOICE_RATE_HZ, 1);
    this.reach = Math.ceil(REACH * this.step);
    this.at = this.reach;
  }

  /** Takes samples between -1 and 1; gives 16-bit samples at 8 kHz, a little later. */
  push(samples: Float32Array): Int16Array {
    const all = new Float32Array(this.waiting.length + samples.length);
    all.set(this.waiting);
    all.set(samples, this.waiting.length);
    const out: number[] = [];
    while (this.at + this.reach < all.length) {
      out.push(this.sample(all));
      this.at += this.step;
    }
    const done = Math.max(Math.floor(this.at) - this.reach, 0);
    this.waiting = all.slice(done);
    this.at -= done;
    return Int16Array.from(out);
  }

  private sample(all: Float32Array): number {
    const middle = Math.round(this.at);
    let sum = 0;
    let weights = 0;
    for (let place = middle - this.reach; place <= middle + this.reach; place += 1) {
      const weight = this.weight(place - this.at);
      sum += (all[place] ?? 0) * weight;
      weights += weight;
    }
    const loud = weights === 0 ? 0 : sum / weights;
    return Math.round(Math.max(-1, Math.min(1, loud)) * LOUDEST);
  }

  private weight(distance: number): number {
    const place = distance / this.step;
    if (Math.abs(place) >= REACH) return 0;
    const angle = Math.PI * place * PASS;
    const sinc = angle === 0 ? 1 : Math.sin(angle) / angle;
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * place) / REACH));
  }
}
