// The form of an upper platform: what stands in it at first, when it is complete, and what is sent. Pure.
import type { NewUpper, Shares, Upper, UpperPatch } from "@/api/uppers";
import { GB_ID_DIGITS } from "@/features/devices/gbId";

/** Limits of the server. */
export const PRIORITY = { min: 1, max: 255, usual: 100 } as const;
export const KEEPALIVE_S = { min: 5, max: 300, usual: 60 } as const;
export const EXPIRES_S = { min: 600, max: 864_000, usual: 86_400 } as const;

const DOMAIN_DIGITS = 10;

/** The usual domain of a platform. */
export const domainOf = (server_gb_id: string): string => server_gb_id.slice(0, DOMAIN_DIGITS);

export interface UpperValues {
  name: string;
  server_gb_id: string;
  domain: string;
  address: string;
  transport: string;
  own_gb_id: string;
  user_name: string;
  secret: string;
  /** The upper platform asks for no password any more: the one kept is forgotten. */
  no_secret: boolean;
  shown: { kind: "region" | "unit"; id: string };
  shares: Shares;
  ptz_priority: number;
  keepalive_s: number;
  expires_s: number;
}

/** An empty form. Who belongs to one unit can show that unit and nothing else; pictures are shared, the rest is a decision. */
export function emptyValues(unit_id: string | undefined): UpperValues {
  return {
    name: "", server_gb_id: "", domain: "", address: "", transport: "udp", own_gb_id: "", user_name: "", secret: "", no_secret: false,
    shown: unit_id ? { kind: "unit", id: unit_id } : { kind: "region", id: "" },
    shares: { live: true, playback: true, ptz: false, alarms: false },
    ptz_priority: PRIORITY.usual, keepalive_s: KEEPALIVE_S.usual, expires_s: EXPIRES_S.usual,
  };
}

export function valuesOf(upper: Upper): UpperValues {
  const { name, server_gb_id, address, transport, own_gb_id, ptz_priority, keepalive_s, expires_s } = upper;
  // The domain that follows from the digits goes on following them.
  const domain = upper.domain === domainOf(server_gb_id) ? "" : upper.domain;
  return {
    name, server_gb_id, domain, address, transport, own_gb_id, user_name: upper.user_name ?? "", secret: "", no_secret: false,
    shown: upper.unit_id ? { kind: "unit", id: upper.unit_id } : { kind: "region", id: upper.region_id ?? "" },
    shares: { ...upper.shares }, ptz_priority, keepalive_s, expires_s,
  };
}

export function isComplete(values: UpperValues): boolean {
  const own = values.own_gb_id.length;
  return values.name.trim() !== "" && values.server_gb_id.length === GB_ID_DIGITS && /^\S+:\d{1,5}$/.test(values.address.trim()) && (own === 0 || own === GB_ID_DIGITS) && values.shown.id !== "";
}

const shownOf = (values: UpperValues) => (values.shown.kind === "unit" ? { unit_id: values.shown.id } : { region_id: values.shown.id });

function shared(values: UpperValues) {
  const { server_gb_id, transport, shares, ptz_priority, keepalive_s, expires_s } = values;
  return { name: values.name.trim(), server_gb_id, address: values.address.trim(), transport, ...shownOf(values), shares, ptz_priority, keepalive_s, expires_s };
}

/** To enter one: what is left empty the server fills in. */
export function newUpper(values: UpperValues): NewUpper {
  const filled = (name: "domain" | "own_gb_id" | "user_name" | "secret") => (values[name].trim() ? { [name]: values[name].trim() } : {});
  return { ...shared(values), ...filled("domain"), ...filled("own_gb_id"), ...filled("user_name"), ...filled("secret") };
}

/** To change one: an empty domain is that of the digits, an empty name none, an empty password the one kept. */
export function upperPatch(values: UpperValues): UpperPatch {
  const secret = values.no_secret ? { secret: "" } : values.secret ? { secret: values.secret } : {};
  const domain = values.domain.trim() || domainOf(values.server_gb_id);
  return { ...shared(values), domain, user_name: values.user_name.trim(), ...(values.own_gb_id ? { own_gb_id: values.own_gb_id } : {}), ...secret };
}
