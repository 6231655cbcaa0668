// The microphone as pieces of 16-bit samples at 8 kHz, and in a word why there is none.
import capture_url from "./capture.worklet.js?url";
import { Resampler } from "./resample";

export type MicrophoneTrouble = "insecure" | "denied" | "missing" | "busy";

export class MicrophoneError extends Error {
  constructor(readonly trouble: MicrophoneTrouble) {
    super(trouble);
  }
}

export interface Microphone {
  close(): void;
}

/** What the browser's names of failures mean (Media Capture and Streams 10.2). */
const TROUBLES: Readonly<Record<string, MicrophoneTrouble>> = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing", OverconstrainedError: "missing" };

export function troubleOf(thrown: unknown): MicrophoneTrouble {
  const name = thrown instanceof Error ? thrown.name : "";
  return TROUBLES[name] ?? "busy";
}

async function stream(): Promise<MediaStream> {
  // Without a secure context there is no such thing.
  if (!window.isSecureContext || !navigator.mediaDevices) throw new MicrophoneError("insecure");
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } });
  } catch (thrown) {
    throw new MicrophoneError(troubleOf(thrown));
  }
}

/** Opens the microphone; the browser asks the person the first time. */
export async function openMicrophone(hear: (samples: Int16Array) => void): Promise<Microphone> {
  const media = await stream();
  const context = new AudioContext();
  const close = (): void => {
    for (const track of media.getTracks()) track.stop();
    void context.close();
  };
  try {
    await context.audioWorklet.addModule(capture_url);
    const source = context.createMediaStreamSource(media);
    const node = new AudioWorkletNode(context, "capture", { numberOfOutputs: 1, channelCount: 1, channelCountMode: "explicit" });
    const resampler = new Resampler(context.sampleRate);
    node.port.addEventListener("message", (message: MessageEvent<Float32Array>) => hear(resampler.push(message.data)));
    node.port.start();
    // Silent by itself: the processor writes nothing. Without a way to the end some browsers do not run it.
    source.connect(node).connect(context.destination);
    await context.resume();
    return { close };
  } catch (thrown) {
    close();
    throw thrown;
  }
}
