// Being told in this browser: what it can, asking it, and taking that back. What the platform keeps of it is asked for in `contacts.ts`.

/** Why a browser cannot, or that it can. */
export type PushAbility = "able" | "insecure" | "unable" | "denied";

const WORKER = "/push-worker.js";

interface Surroundings {
  isSecureContext: boolean;
  hasWorker: boolean;
  hasPush: boolean;
  permission: NotificationPermission | null;
}

function surroundings(): Surroundings {
  return {
    isSecureContext: window.isSecureContext,
    hasWorker: "serviceWorker" in navigator,
    hasPush: "PushManager" in window,
    permission: "Notification" in window ? Notification.permission : null,
  };
}

export function pushAbility(around: Surroundings = surroundings()): PushAbility {
  if (!around.isSecureContext) return "insecure";
  if (!around.hasWorker || !around.hasPush || around.permission === null) return "unable";
  return around.permission === "denied" ? "denied" : "able";
}

/** Base64url without padding, as keys travel. */
export function toBase64Url(bytes: ArrayBuffer | null): string {
  if (bytes === null) return "";
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** By which a browser knows itself in the platform's list. */
export async function endpointDigest(endpoint: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function subscription(): Promise<PushSubscription | null> {
  if (pushAbility() === "insecure" || pushAbility() === "unable") return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Digest of this browser's own endpoint; null where it is not subscribed. */
export async function ownDigest(): Promise<string | null> {
  const own = await subscription();
  return own ? endpointDigest(own.endpoint) : null;
}

export interface Subscribed {
  endpoint: string;
  public_key: string;
  auth_secret: string;
}

/** Asks person and browser; null where the person says no. A subscription for another key of the platform is replaced. */
export async function subscribe(push_key: string): Promise<Subscribed | null> {
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register(WORKER);
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && toBase64Url(old.options.applicationServerKey) !== push_key) await old.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64Url(push_key) });
  return { endpoint: made.endpoint, public_key: toBase64Url(made.getKey("p256dh")), auth_secret: toBase64Url(made.getKey("auth")) };
}

export async function unsubscribe(): Promise<void> {
  await (await subscription())?.unsubscribe();
}
