// The one door to the server: typed calls from the generated schema, problems as exceptions, and the server's clock.
import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./schema";
import { asProblem, problemOf } from "./problem";

/** Differences below this are noise of the `Date` header, which counts whole seconds. */
const CLOCK_NOISE_MS = 2_000;

let server_ahead_ms = 0;
let signedOut: () => Promise<void> = () => Promise.resolve();

/** What to do when the server says the session is gone. */
export function onSignedOut(action: () => Promise<void>): void {
  signedOut = action;
}

/** Now by the server's clock: a duty PC with a wrong clock must not show wrong time limits. */
export function serverNow(): number {
  return Date.now() + server_ahead_ms;
}

function noteServerClock(response: Response): void {
  const said = Date.parse(response.headers.get("date") ?? "");
  if (Number.isNaN(said)) return;
  const ahead_ms = said - Date.now();
  server_ahead_ms = Math.abs(ahead_ms) > CLOCK_NOISE_MS ? ahead_ms : 0;
}

/** Calls about the session itself are answered by the pages that make them. */
function noteSignedOut(status: number, path: string): void {
  if (status === 401 && !path.startsWith("/api/session")) void signedOut();
}

const watch: Middleware = {
  onResponse({ response, request }) {
    noteServerClock(response);
    noteSignedOut(response.status, new URL(request.url).pathname);
    return undefined;
  },
};

export const api = createClient<paths>({ baseUrl: "/" });
api.use(watch);

interface Answer<Data> {
  data?: Data | undefined;
  error?: unknown;
  response: Response;
}

/** The data of a call, or an `ApiProblem` thrown. */
export async function unwrap<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const answer = await call.catch((thrown: unknown) => {
    throw asProblem(thrown);
  });
  if (!answer.response.ok) throw problemOf(answer.response.status, answer.error);
  return answer.data as Data;
}

/** Fetches an answer of bytes. */
export async function fetchBlob(path: string, init: RequestInit): Promise<{ blob: Blob; headers: Headers }> {
  const response = await fetch(path, init).catch((thrown: unknown) => {
    throw asProblem(thrown);
  });
  noteSignedOut(response.status, path);
  if (!response.ok) throw problemOf(response.status, (response.headers.get("content-type") ?? "").includes("json") ? await response.json() : null);
  return { blob: await response.blob(), headers: response.headers };
}

/** Fetches a file that a person keeps: an answer of bytes, saved under the name given. */
export async function save(path: string, init: RequestInit, name: string): Promise<void> {
  saveBlob((await fetchBlob(path, init)).blob, name);
}

/** Hands a file to the browser's download folder. */
export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Sends a file or form the typed client has no shape for. */
export async function send(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(path, init).catch((thrown: unknown) => {
    throw asProblem(thrown);
  });
  noteServerClock(response);
  const is_json = (response.headers.get("content-type") ?? "").includes("json");
  const body: unknown = is_json ? await response.json() : null;
  noteSignedOut(response.status, path);
  if (!response.ok) throw problemOf(response.status, body);
  return body;
}
