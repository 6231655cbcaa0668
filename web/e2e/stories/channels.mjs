// A channel to the outside: tried by the administrator, and told of an alarm that climbs, signed and each rung once.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { once } from "node:events";
import { ask, endAsTest, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** Of level 4, with the short ladder of scripts/demo-instance.sh, as the secret below. */
const CODE = "M05";
const SECRET = "story";
const RUNGS = ["unit", "county", "city", "province"];

/** A receiver that keeps what it was sent. */
async function receiver() {
  const port = Number(process.env.WATCHFIRE_HOOK_PORT);
  if (!port) throw new Error("WATCHFIRE_HOOK_PORT names no port of a webhook");
  const kept = [];
  const server = createServer((request, answer) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      kept.push({ headers: request.headers, body });
      answer.end("noted");
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { kept, stop: () => server.close() };
}

function isSigned({ headers, body }) {
  const tag = createHmac("sha256", SECRET).update(`${headers["x-watchfire-timestamp"]}.${body}`).digest("hex");
  return headers["x-watchfire-signature"] === `sha256=${tag}`;
}

async function told(harness) {
  const hook = await receiver();
  try {
    const admin = await harness.as("system_admin");
    await harness.open(admin, "/system");
    await admin.getByTestId("test-webhook").click();
    await admin.getByTestId("channel-webhook").locator("[data-taken=true]").waitFor();
    const test = hook.kept.find((one) => JSON.parse(one.body).kind === "test");
    expect(test && isSigned(test), "the test message arrived and is signed");

    const unit = await harness.as("unit");
    const id = await raiseAtOwnUnit(unit, CODE, "故事：外部告知");
    const about = () => hook.kept.filter((one) => JSON.parse(one.body).alarm?.id === id);
    await until(() => about().length >= RUNGS.length, "the webhook is told of every rung");
    const rungs = about().map((one) => JSON.parse(one.body).rung);
    expect(JSON.stringify(rungs) === JSON.stringify(RUNGS), `each rung once, in order: ${rungs}`);
    expect(about().every(isSigned), "every message is signed");
    await harness.open(unit, `/alarms/${id}`);
    await unit.getByTestId("ladder").getByText("Webhook").first().waitFor();
    await endAsTest(unit, id);
    const channels = (await ask(admin, "/api/notification-channels")).body.items;
    expect(channels[0].last_sent_at !== null, "the system page knows when the last one was taken");
  } finally {
    hook.stop();
  }
}

export const channelsStory = [
  { name: "channels: a webhook is tried by the administrator and told of an alarm that climbs", roles: ["system_admin", "unit"], run: told },
];
