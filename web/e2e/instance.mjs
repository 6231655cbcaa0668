// A second platform for stories that need two: a `watchfire demo` of its own, with a folder that goes when it stops.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { until } from "./harness.mjs";

/** The register is filled and the pictures are drawn before it answers. */
const START_MS = 300_000;

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

async function answers(url) {
  return fetch(`${url}/api/health`).then((answer) => answer.ok, () => false);
}

export class Instance {
  static async start(binary) {
    const folder = mkdtempSync(join(tmpdir(), "watchfire-second."));
    const data = join(folder, "data");
    const url = `http://127.0.0.1:${await freePort()}`;
    const child = spawn(binary, ["demo", "--listen", url.slice("http://".length), "--data", data], { stdio: ["ignore", "pipe", "pipe"] });
    const log = createWriteStream(join(folder, "log"));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    const instance = new Instance(url, folder, child);
    const links = join(data, "links.json");
    const ready = async () => {
      if (child.exitCode !== null) throw new Error(`the second platform ended at once: ${readFileSync(join(folder, "log"), "utf8").slice(-600)}`);
      return existsSync(links) && (await answers(url));
    };
    try {
      await until(ready, "the second platform answers", START_MS);
    } catch (error) {
      await instance.stop();
      throw error;
    }
    instance.links = JSON.parse(readFileSync(links, "utf8"));
    return instance;
  }

  constructor(url, folder, child) {
    this.url = url;
    this.folder = folder;
    this.child = child;
    this.links = {};
  }

  async stop() {
    if (this.child.exitCode === null) {
      const gone = once(this.child, "exit");
      this.child.kill("SIGTERM");
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
