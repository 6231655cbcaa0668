// Being told in the browser: somebody asks for it in the menu of their name, the platform knocks at the push service, and the browser shows what came.
//
// A push service of a browser's maker cannot be reached from a test, so the two ends are joined here: the browser's subscription is ours, with keys of its own,
// its service is a small server that opens the message as RFC 8291 says, and what it opened is given to the page's real service worker.
import { createECDH, createDecipheriv, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { ask, endAsTest, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** Of level 4, with the short ladder of scripts/demo-instance.sh. */
const CODE = "M05";

/** A browser's keys, and a push service that keeps what it takes. */
async function service() {
  const keys = createECDH("prime256v1");
  keys.generateKeys();
  const auth = randomBytes(16);
  const kept = [];
  const server = createServer((request, answer) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      kept.push({ headers: request.headers, body: Buffer.concat(pieces) });
      answer.writeHead(201).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { keys, auth, kept, origin, stop: () => server.close() };
}

function derive(salt, keying, info, length) {
  return Buffer.from(hkdfSync("sha256", keying, salt, info, length));
}

/** RFC 8291 3.4, RFC 8188 2. */
function opened({ keys, auth }, body) {
  const [salt, sender, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)];
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), keys.getPublicKey(), sender]);
  const keying = derive(auth, keys.computeSecret(sender), info, 32);
  const key = derive(salt, keying, "Content-Encoding: aes128gcm\0", 16);
  const decipher = createDecipheriv("aes-128-gcm", key, derive(salt, keying, "Content-Encoding: nonce\0", 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, -1).toString("utf8");
}

/** RFC 8292: the token is for this service, and signed with the key that the browser was asked with. */
function isOurs({ headers }, origin, push_key) {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization);
  const [head, claims, signature] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const signed = verify("sha256", Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"));
  const { aud } = JSON.parse(Buffer.from(claims, "base64url"));
  return signed && aud === origin && key === push_key;
}

/** In the page: a push manager whose service is ours. */
function ourSubscription({ endpoint, p256dh, auth }) {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;
  let current = null;
  PushManager.prototype.getSubscription = async () => current;
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly) throw new Error("a browser wants something shown");
    current = {
      endpoint,
      options,
      getKey: (name) => bytes(name === "p256dh" ? p256dh : auth),
      unsubscribe: async () => {
        current = null;
        return true;
      },
    };
    return current;
  };
}

/** Gives a message to the page's service worker, as the browser does when its push service brings one. */
async function deliver(page, origin, data) {
  const devtools = await page.context().newCDPSession(page);
  const found = new Promise((done) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find((one) => one.scopeURL.startsWith(origin) && !one.isDeleted);
      if (ours) done(ours.registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  await devtools.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await found, data });
}

const shown = (page) => page.evaluate(async () => {
  const { getNotifications } = ServiceWorkerRegistration.prototype;
  const notifications = await getNotifications.call(await navigator.serviceWorker.ready);
  return notifications.map(({ title, body, tag, data }) => ({ title, body, tag, page: data.page }));
});

async function pushed(harness) {
  const push = await service();
  try {
    const page = await harness.second("unit");
    const base = new URL(harness.base).origin;
    await page.context().grantPermissions(["notifications"], { origin: base });
    await page.addInitScript(ourSubscription, { endpoint: `${push.origin}/push/story`, p256dh: push.keys.getPublicKey("base64"), auth: push.auth.toString("base64") });
    await page.reload();
    await page.getByTestId("person").click();
    await page.getByTestId("push-here").click();
    await page.locator("[data-testid=push-here][data-on=true]").waitFor();
    const { push_key } = (await ask(page, "/api/contacts")).body;

    await page.getByTestId("to-contacts").click();
    await page.locator("[data-testid=browsers] [data-here=true]").waitFor();
    await page.getByTestId("test-browser").click();
    await page.locator("[data-testid=browsers] [data-taken=true]").waitFor();
    const test = push.kept[0];
    expect(isOurs(test, push.origin, push_key), "the service can tell whose message it is");
    expect(JSON.parse(opened(push, test.body)).text.includes("没有发生告警"), "the test says that it is one");

    const id = await raiseAtOwnUnit(page, CODE, "故事：浏览器推送");
    const about = () => push.kept.map((one) => opened(push, one.body)).find((text) => JSON.parse(text).page.endsWith(id));
    await until(about, "the browser of the unit's person is told when the alarm climbs to the unit");
    await deliver(page, base, about());
    await until(async () => (await shown(page)).length > 0, "the service worker shows it");
    const [note] = await shown(page);
    expect(note.title.includes("四级告警") && note.page === `${base}/#/alarms/${id}`, `what is shown: ${JSON.stringify(note)}`);
    await deliver(page, base, "no JSON");
    await until(async () => (await shown(page)).length > 1, "what cannot be read is shown all the same");
    await harness.open(page, `/alarms/${id}`);
    await page.getByTestId("ladder").getByText("浏览器推送").first().waitFor();
    await endAsTest(page, id);

    await page.getByTestId("person").click();
    await page.getByTestId("push-here").click();
    await page.locator("[data-testid=push-here][data-on=false]").waitFor();
    expect((await ask(page, "/api/contacts")).body.browsers.length === 0, "the platform has forgotten the browser");
  } finally {
    push.stop();
  }
}

export const pushStory = [
  { name: "push: somebody is told in the browser, shut or not, and ends it again", roles: ["unit", "security_admin"], run: pushed },
];
