// Writes a .gz file next to every compressible file of dist, so the server never compresses assets at run time.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const COMPRESSIBLE = /\.(js|css|html|svg|json)$/;
const BYTES_MIN = 1024; // below this the header eats the gain

function* files(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}

let before = 0;
let after = 0;
for (const path of files(resolve(import.meta.dirname, "../dist"))) {
  if (!COMPRESSIBLE.test(path)) continue;
  const bytes = readFileSync(path);
  if (bytes.length < BYTES_MIN) continue;
  const packed = gzipSync(bytes, { level: 9 });
  writeFileSync(`${path}.gz`, packed);
  before += bytes.length;
  after += packed.length;
}
console.log(`gzip: ${Math.round(before / 1024)} KB -> ${Math.round(after / 1024)} KB`);
