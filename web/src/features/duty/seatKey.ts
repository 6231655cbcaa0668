// The key that makes this browser a seat: made here, kept here, never readable. Every request from a seat is signed with it.
import { serverNow } from "@/api/client";
import { asProblem, problemOf } from "@/api/problem";

const DATABASE = "watchfire-seat";
const STORE = "seat";
const ENTRY = "this";
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

/** What this browser knows of its being a seat. */
export interface BoundSeat {
  seat_id: string;
  room_id: string;
  name: string;
  key: CryptoKey;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore(STORE));
    asked.addEventListener("success", () => resolve(asked.result));
    asked.addEventListener("error", () => reject(asked.error ?? new Error("no database in this browser")));
  });
}

async function run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  return new Promise<T>((resolve, reject) => {
    const request = act(database.transaction(STORE, mode).objectStore(STORE));
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("the key could not be kept")));
  }).finally(() => database.close());
}

export async function boundSeat(): Promise<BoundSeat | null> {
  return ((await run("readonly", (store) => store.get(ENTRY) as IDBRequest<BoundSeat | undefined>)) ?? null);
}

export async function forgetSeat(): Promise<void> {
  await run("readwrite", (store) => store.delete(ENTRY));
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const sign = async (key: CryptoKey, text: string): Promise<string> => base64url(await crypto.subtle.sign(SIGNING, key, new TextEncoder().encode(text)));

/** Makes a key and binds this browser to the room whose code it is. */
export async function bindSeat(code: string): Promise<BoundSeat> {
  const digits = code.replaceAll(/\D/g, "");
  const pair = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  const public_key = base64url(await crypto.subtle.exportKey("raw", pair.publicKey));
  const signature = await sign(pair.privateKey, `watchfire-seat-pairing/1\n${digits}\n${public_key}\n`);
  const made = await send<{ id: string; room_id: string; name: string }>("/api/seats", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code: digits, public_key, signature }),
  });
  const seat: BoundSeat = { seat_id: made.id, room_id: made.room_id, name: made.name, key: pair.privateKey };
  await run("readwrite", (store) => store.put(seat, ENTRY));
  return seat;
}

/** A request as this seat. The time in it is the server's, as far as this browser knows it. */
export async function seatFetch<T>(method: string, path: string, body?: unknown): Promise<T> {
  const seat = await boundSeat();
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  if (seat) {
    const at_ms = Math.round(serverNow());
    const digest = hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    headers["x-watchfire-seat"] = `${seat.seat_id}.${at_ms}.${await sign(seat.key, `watchfire-seat/1\n${method}\n${path}\n${at_ms}\n${digest}\n`)}`;
  }
  return send<T>(path, { method, headers, ...(body === undefined ? {} : { body: text }) });
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, init).catch((thrown: unknown) => {
    throw asProblem(thrown);
  });
  const is_json = (response.headers.get("content-type") ?? "").includes("json");
  const answer: unknown = is_json ? await response.json() : null;
  if (!response.ok) throw problemOf(response.status, answer);
  return answer as T;
}
