// Which of a device's streams become a camera: the largest is its address, the smallest other H.264 stream its sub-stream. Pure.
// A recorder lists the pictures of many cameras as streams of one host. There a sub-stream is not guessed, because it could be another camera's, and
// the device stays on offer until each of its large pictures is entered.
import { hostOf, type SurveyRow, type SurveyStream } from "./scanFile";

/** Codings that the server takes. */
const RECEIVED: ReadonlySet<string> = new Set(["H.264", "H.265"]);
/** The coding that every browser and the watch can use. */
const SUB_ENCODING = "H.264";
/** A single camera has a main stream, one or two small ones and one for phones. */
const CAMERA_STREAMS_MAX = 4;

export interface Choice {
  address: string;
  /** Empty where there is none. */
  sub_address: string;
  /** For turning its head; empty where ONVIF did not answer. */
  onvif_address: string;
}

export type Offer =
  /** Nothing of it can be entered as a camera. */
  | { kind: "none" }
  /** It speaks SIP: it is entered as a device and registers itself. */
  | { kind: "registers" }
  | { kind: "entered" }
  | { kind: "add"; choice: Choice; is_recorder: boolean; entered: number };

const area = (stream: SurveyStream): number => stream.width * stream.height;

/** Streams with an address and a coding that is received, each address once, the largest first. */
export function usableStreams(streams: readonly SurveyStream[]): (SurveyStream & { rtsp_url: string })[] {
  const by_url = new Map<string, SurveyStream & { rtsp_url: string }>();
  for (const stream of streams) {
    const { rtsp_url } = stream;
    if (rtsp_url !== null && RECEIVED.has(stream.encoding) && !by_url.has(rtsp_url)) by_url.set(rtsp_url, { ...stream, rtsp_url });
  }
  // Sorting is stable: of equals the device's first stays first.
  return [...by_url.values()].sort((one, other) => area(other) - area(one));
}

/** What can be done with a device, when the unit already has cameras with these addresses. */
export function offerOf(row: SurveyRow, entered: readonly string[]): Offer {
  const here = entered.filter((address) => hostOf(address) === row.address);
  const usable = usableStreams(row.streams);
  const [largest] = usable;
  if (row.verdict !== "yes" || !largest) {
    if (here.length > 0) return { kind: "entered" };
    return row.protocols.includes("sip") ? { kind: "registers" } : { kind: "none" };
  }
  const onvif_address = row.onvif_port === null ? "" : `${row.address}:${row.onvif_port}`;
  const large = usable.filter((stream) => area(stream) === area(largest));
  const is_recorder = large.length > 1 || usable.length > CAMERA_STREAMS_MAX;
  if (!is_recorder) {
    if (here.length > 0) return { kind: "entered" };
    const sub = usable.filter((stream) => stream !== largest && stream.encoding === SUB_ENCODING).at(-1);
    return { kind: "add", choice: { address: largest.rtsp_url, sub_address: sub?.rtsp_url ?? "", onvif_address }, is_recorder, entered: 0 };
  }
  const next = large.find((stream) => !here.includes(stream.rtsp_url));
  if (!next) return { kind: "entered" };
  return { kind: "add", choice: { address: next.rtsp_url, sub_address: "", onvif_address }, is_recorder, entered: here.length };
}
