// JSON calls with a query, for routes whose answer is named by hand.
import { send } from "./client";

type Value = string | number | boolean | undefined | null;

/** `?a=1&b=2` of what is set; empty when nothing is. */
export function queryText(query: Record<string, Value>): string {
  const set = Object.entries(query).filter((pair): pair is [string, string | number | true] => pair[1] !== undefined && pair[1] !== null && pair[1] !== "" && pair[1] !== false);
  return set.length === 0 ? "" : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}`;
}

export async function get<Answer>(path: string, query: Record<string, Value> = {}): Promise<Answer> {
  return (await send(`${path}${queryText(query)}`, {})) as Answer;
}

export async function write<Answer>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Answer> {
  const init: RequestInit = body === undefined ? { method } : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return (await send(path, init)) as Answer;
}

/** Sends one file as the form field `file`. */
export async function writeFile<Answer>(path: string, file: File): Promise<Answer> {
  const form = new FormData();
  form.append("file", file);
  return (await send(path, { method: "POST", body: form })) as Answer;
}
