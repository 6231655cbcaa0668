// The file of `watchfire scan --json`: bytes become rows, or line numbers with what is wrong there. Pure. Every text in it was said by a device that
// may be hostile or by whoever wrote the file, so nothing is believed: types are checked, texts are shortened to one line, and an address of a stream
// is kept only where it leads to the device itself. A bad line loses only itself.

/** A whole /22, the most that one scan takes, needs less than one MiB. */
export const FILE_BYTES_MAX = 4 << 20;
/** As many addresses as one scan takes. */
export const LINES_MAX = 1024;
/** A recorder with 64 streams needs about 20 KiB. */
export const LINE_BYTES_MAX = 64 << 10;
/** The scan's own limit of what a device says. */
const TEXT_LETTERS_MAX = 128;
const REASON_LETTERS_MAX = 300;
const PORTS_MAX = 16;
const STREAMS_MAX = 64;
/** The server's limit of a camera's address. */
const URL_LETTERS_MAX = 2048;
const PIXELS_MAX = 1 << 16;

export const VERDICTS = ["yes", "perhaps", "no"] as const;
export type Verdict = (typeof VERDICTS)[number];
const PROTOCOLS = ["rtsp", "onvif", "sip"] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface SurveyStream {
  name: string;
  encoding: string;
  width: number;
  height: number;
  /** At the device itself and without an account; null where there is none that can be used. */
  rtsp_url: string | null;
}

export interface SurveyRow {
  address: string;
  ports: number[];
  protocols: Protocol[];
  /** Where ONVIF answered; null where it did not. */
  onvif_port: number | null;
  maker: string;
  maker_is_guessed: boolean;
  model: string;
  needs_password: boolean | null;
  clock_skew_ms: number | null;
  streams: SurveyStream[];
  verdict: Verdict;
  reason_code: string;
  reason_zh: string;
  reason_en: string;
}

/** A line that was left out: its number from 1, and why; `field` where one field is wrong. */
export interface BadLine {
  line: number;
  why: "too_long" | "not_json" | "field";
  field?: string;
}

export interface Survey {
  /** One an address, by address; of two lines for one address the later counts. */
  rows: SurveyRow[];
  bad: BadLine[];
}

/** Why a whole file is not read. */
export type FileTrouble = "too_large" | "too_many_lines" | "nothing";
export type Reading = { survey: Survey } | { trouble: FileTrouble };

class WrongField extends Error {}

/** Reads a file as the scan wrote it. Older PowerShells write UTF-16 when the output is sent into a file. */
export function readScan(bytes: ArrayBuffer): Reading {
  if (bytes.byteLength > FILE_BYTES_MAX) return { trouble: "too_large" };
  const [first, second] = new Uint8Array(bytes);
  const text = new TextDecoder(first === 0xff && second === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
  const lines = text.split("\n");
  // What follows the last line end is no line.
  if (lines.at(-1)?.trim() === "") lines.pop();
  if (lines.length > LINES_MAX) return { trouble: "too_many_lines" };
  const survey = readLines(lines);
  return survey.rows.length + survey.bad.length === 0 ? { trouble: "nothing" } : { survey };
}

function readLines(lines: readonly string[]): Survey {
  const by_address = new Map<string, SurveyRow>();
  const bad: BadLine[] = [];
  const encoder = new TextEncoder();
  lines.forEach((text, index) => {
    if (text.trim() === "") return;
    const line = index + 1;
    if (text.length > LINE_BYTES_MAX || encoder.encode(text).length > LINE_BYTES_MAX) {
      bad.push({ line, why: "too_long" });
      return;
    }
    try {
      const row = rowOf(JSON.parse(text));
      by_address.set(row.address, row);
    } catch (thrown) {
      bad.push(thrown instanceof WrongField ? { line, why: "field", field: thrown.message } : { line, why: "not_json" });
    }
  });
  return { rows: [...by_address.values()].sort((one, other) => addressNumber(one.address) - addressNumber(other.address)), bad };
}

/** An IPv4 address as a number, for sorting. */
export function addressNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

type Fields = Record<string, unknown>;

function rowOf(value: unknown): SurveyRow {
  const row = fieldsOf(value, "{}");
  const address = addressOf(row["address"]);
  const reuse = fieldsOf(row["can_be_reused"], "can_be_reused");
  return {
    address,
    ports: listOf(row, "ports", PORTS_MAX).map((port) => wholeNumber(port, "ports", 1, 65_535)),
    protocols: PROTOCOLS.filter((one) => listOf(row, "protocols", PORTS_MAX).includes(one)),
    onvif_port: portOf(row["onvif_port"]),
    maker: textOf(row, "maker", TEXT_LETTERS_MAX),
    maker_is_guessed: row["maker_is_guessed"] === true,
    model: textOf(row, "model", TEXT_LETTERS_MAX),
    needs_password: typeof row["needs_password"] === "boolean" ? row["needs_password"] : null,
    clock_skew_ms: skewOf(row["clock_skew_ms"]),
    streams: listOf(row, "streams", STREAMS_MAX).map((stream) => streamOf(stream, address)),
    verdict: verdictOf(reuse["verdict"]),
    reason_code: codeOf(reuse["reason_code"]),
    reason_zh: textOf(reuse, "reason_zh", REASON_LETTERS_MAX),
    reason_en: textOf(reuse, "reason_en", REASON_LETTERS_MAX),
  };
}

function streamOf(value: unknown, address: string): SurveyStream {
  const stream = fieldsOf(value, "streams");
  return {
    name: textOf(stream, "name", TEXT_LETTERS_MAX),
    encoding: textOf(stream, "encoding", TEXT_LETTERS_MAX),
    width: wholeNumber(stream["width"], "width", 0, PIXELS_MAX),
    height: wholeNumber(stream["height"], "height", 0, PIXELS_MAX),
    rtsp_url: urlAt(stream["rtsp_url"], address),
  };
}

function fieldsOf(value: unknown, field: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WrongField(field);
  return value as Fields;
}

function addressOf(value: unknown): string {
  const parts = typeof value === "string" ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(value)?.slice(1) : undefined;
  // Leading zeros mean octal to some programs: refused, so that an address has one spelling.
  if (!parts?.every((part) => Number(part) <= 255 && String(Number(part)) === part)) throw new WrongField("address");
  return parts.join(".");
}

/** A list that may be absent; beyond `most` it is cut. */
function listOf(fields: Fields, name: string, most: number): unknown[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw new WrongField(name);
  return value.slice(0, most);
}

function wholeNumber(value: unknown, field: string, least: number, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) throw new WrongField(field);
  return value;
}

function portOf(value: unknown): number | null {
  return value === undefined || value === null ? null : wholeNumber(value, "onvif_port", 1, 65_535);
}

function skewOf(value: unknown): number | null {
  return value === undefined || value === null ? null : wholeNumber(value, "clock_skew_ms", Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
}

function verdictOf(value: unknown): Verdict {
  const verdict = VERDICTS.find((one) => one === value);
  if (!verdict) throw new WrongField("verdict");
  return verdict;
}

function codeOf(value: unknown): string {
  if (typeof value !== "string" || !/^[a-z0-9_]{1,64}$/.test(value)) throw new WrongField("reason_code");
  return value;
}

/** Control characters, line ends, and what turns the direction of writing or is not seen at all. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\s]+/gu;

/** A text that may be absent: one line, no unseen characters, shortened. */
function textOf(fields: Fields, name: string, most: number): string {
  const value = fields[name] ?? "";
  if (typeof value !== "string") throw new WrongField(name);
  const letters = [...value.replace(UNSEEN, " ").trim()];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
}

/** `rtsp://address[:port][/…]` in visible ASCII letters; anything else is no address. The scan keeps to the same. */
function urlAt(value: unknown, address: string): string | null {
  if (typeof value !== "string" || value.length > URL_LETTERS_MAX || !/^[\x21-\x7e]+$/.test(value)) return null;
  return hostOf(value) === address && !value.includes("@") ? value : null;
}

/** The host of an `rtsp` address, also with an account before it; empty where it is none. Old browsers' `URL` does not know this scheme. */
export function hostOf(url: string): string {
  return /^rtsp:\/\/(?:[^/?#]*@)?(\[[^\]/?#@]*\]|[^:/?#@[\]]+)(?::\d{1,5})?(?:[/?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? "";
}
