// Runs in the browser's audio thread and hands the microphone's samples on in pieces of 20 to 40 ms; everything else is done outside.
// Plain script, because it is loaded by its address into a scope of its own.
const PIECE = 2048;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Float32Array(PIECE);
    this.filled = 0;
  }

  process(inputs) {
    const channel = inputs[0]?.[0];
    if (!channel) return true;
    for (const sample of channel) {
      this.piece[this.filled++] = sample;
      if (this.filled === PIECE) {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
        this.port.postMessage(this.piece);
        this.piece = new Float32Array(PIECE);
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor("capture", Capture);
