// A bucket for stories: takes every object, knows no signatures (the tests of the platform check those), and lists nothing.
import { createServer } from "node:http";
import { once } from "node:events";

export class Bucket {
  static async start() {
    const objects = new Map();
    const server = createServer(async (request, answer) => {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const object = objects.get(request.url);
      if (request.method === "PUT") {
        objects.set(request.url, { bytes: Buffer.concat(chunks), checksum: request.headers["x-amz-checksum-sha256"] });
        return answer.writeHead(200).end();
      }
      if (request.method === "DELETE") {
        objects.delete(request.url);
        return answer.writeHead(204).end();
      }
      if (!object) return answer.writeHead(404).end();
      const checksum = object.checksum ? { "x-amz-checksum-sha256": object.checksum } : {};
      if (request.method === "HEAD") return answer.writeHead(200, { "content-length": object.bytes.length, ...checksum }).end();
      const [from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "").slice(1).map(Number);
      const last = Math.min(to, object.bytes.length - 1);
      answer.writeHead(206, { "content-range": `bytes ${from}-${last}/${object.bytes.length}` });
      return answer.end(object.bytes.subarray(from, last + 1));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    // It stays until the stories are over, so that what lies there is played and no alarm is raised about it.
    server.unref();
    return new Bucket(server, objects);
  }

  constructor(server, objects) {
    this.server = server;
    this.objects = objects;
    this.url = `http://127.0.0.1:${server.address().port}`;
  }

  /** Objects that are footage. */
  films() {
    return [...this.objects.keys()].filter((key) => key.endsWith(".mp4"));
  }
}
