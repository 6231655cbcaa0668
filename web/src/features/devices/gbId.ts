// The 20 digits of GB/T 28181 (annex E) taken apart, so that whoever types them sees what they say before a device is turned away.

export const GB_ID_DIGITS = 20;
/** `X-GB-Ver` of 2022 (annex I). */
const EDITION_2022 = 3;
const PARTS = [6, 2, 2, 3, 1, 6] as const;

export type Trade = "education" | "security" | "traffic" | "other";
export type Kind = "recorder" | "camera" | "server" | "alarm_controller" | "alarm_input" | "alarm_output" | "voice" | "platform" | "directory" | "other";

export interface Explained {
  division: string;
  trade: Trade | null;
  kind: Kind | null;
  /** Digits still missing; negative where there are too many. */
  missing: number;
  /** Something that is no digit is in it. */
  foreign: boolean;
}

/** Annex E, table E.3, as far as schools meet it. */
const KINDS: Readonly<Record<string, Kind>> = {
  "111": "recorder", "112": "server", "113": "server", "117": "alarm_controller", "118": "recorder", "130": "recorder", "131": "camera", "132": "camera",
  "134": "alarm_input", "135": "alarm_output", "140": "alarm_output", "136": "voice", "137": "voice", "200": "platform", "215": "directory", "216": "directory",
};

function tradeOf(digits: string): Trade {
  if (digits === "11" || digits === "55") return "education";
  const number = Number(digits);
  if (number <= 3) return "security";
  return number <= 7 ? "traffic" : "other";
}

/** What the digits typed so far say. */
export function explain(text: string): Explained {
  const digits = text.trim();
  return {
    division: digits.slice(0, 6),
    trade: digits.length >= 10 ? tradeOf(digits.slice(8, 10)) : null,
    kind: digits.length >= 13 ? (KINDS[digits.slice(10, 13)] ?? "other") : null,
    missing: GB_ID_DIGITS - digits.length,
    foreign: /[^0-9]/.test(digits),
  };
}

/** What a type says, from digits 11 to 13. */
export function kindOf(type_code: string): Kind {
  return KINDS[type_code] ?? "other";
}

export function isCamera(type_code: string): boolean {
  return kindOf(type_code) === "camera";
}

/** The digits in the groups of the standard: division, place, trade, type, network, number. */
export function grouped(text: string): string {
  if (text.length !== GB_ID_DIGITS) return text;
  let from = 0;
  return PARTS.map((length) => text.slice(from, (from += length))).join(" ");
}

/** Whether a device registered by the edition of 2022, whose questions and orders older ones do not know. */
export function isOf2022(device: { registration?: { version?: string | null } | null }): boolean {
  return Number(device.registration?.version ?? 0) >= EDITION_2022;
}
