// The product as the measures see it: child processes, the API of a signed-in person, numbers of /proc.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const CLOCK_TICKS_PER_S = 100; // USER_HZ of every Linux we support

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A running command whose lines are kept. */
export class Process {
  constructor(binary, args, environment = {}) {
    this.lines = [];
    this.child = spawn(binary, args, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [this.child.stdout, this.child.stderr]) createInterface({ input: pipe }).on("line", (line) => this.lines.push(line));
    this.ended = new Promise((done) => this.child.once("exit", (code) => done(code)));
  }

  async until(pleases, what, limit_ms) {
    const end_ms = Date.now() + limit_ms;
    while (Date.now() < end_ms) {
      if (this.lines.some(pleases)) return;
      if (this.child.exitCode !== null) break;
      await pause(100);
    }
    throw new Error(`${what}: not within ${limit_ms} ms\n${this.lines.slice(-15).join("\n")}`);
  }

  async stop() {
    this.child.kill("SIGTERM");
    const late = setTimeout(() => this.child.kill("SIGKILL"), 10_000);
    await this.ended;
    clearTimeout(late);
  }

  /** Resident memory now and at its highest, in bytes. */
  memory() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    const bytes = (name) => Number(status.match(new RegExp(`${name}:\\s+(\\d+) kB`))[1]) * 1024;
    return { resident: bytes("VmRSS"), highest: bytes("VmHWM") };
  }

  /** Processor time used so far, in seconds. */
  cpu_s() {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S;
  }
}

/** One signed-in person's way to the API. */
export class Person {
  static async enter(url, link) {
    const person = new Person(url);
    const token = link.slice(link.lastIndexOf("/") + 1);
    await person.ask("POST", "/api/session/one-time", { token });
    return person;
  }

  constructor(url) {
    this.url = url;
    this.cookie = "";
  }

  async ask(method, path, body) {
    const headers = { origin: this.url, cookie: this.cookie };
    if (body) headers["content-type"] = "application/json";
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const cookie = answer.headers.getSetCookie()[0];
    if (cookie) this.cookie = cookie.split(";")[0];
    return text ? JSON.parse(text) : null;
  }

  get(path) {
    return this.ask("GET", path);
  }
}
