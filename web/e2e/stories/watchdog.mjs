// The watchdog of the alarm path: a receiver that accepts and lies is a fault that the administrator sees, until it proves the arrival.
import { createServer } from "node:http";
import { once } from "node:events";
import { ask } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** Test alarms go every six seconds here (scripts/demo-instance.sh); one is judged five seconds later, on a busy machine. */
const PATIENCE_MS = 60_000;

/** A receiver that says it took every message, and sends receipts back once it is honest. */
async function receiver() {
  const port = Number(process.env.WATCHFIRE_HOOK_PORT);
  if (!port) throw new Error("WATCHFIRE_HOOK_PORT names no port of a webhook");
  const state = { honest: false, probes: 0 };
  const server = createServer((request, answer) => {
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      const message = JSON.parse(body);
      if (message.kind === "watchdog") state.probes += 1;
      answer.end(state.honest && message.receipt ? `received ${message.receipt}` : "OK, received");
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { state, stop: () => server.close() };
}

async function lieAndTruth(harness) {
  const hook = await receiver();
  try {
    const admin = await harness.as("system_admin");
    await harness.open(admin, "/system");
    const verdict = () => admin.getByTestId("watchdog").getAttribute("data-verdict");
    const open = admin.locator("[data-testid=watchdog-faults] li[data-stage=channel][data-mended=false]");
    // The receiver of an earlier story may have left a fault of the same kind: what counts is one that this receiver has caused.
    await until(async () => hook.state.probes > 1, "the receiver is asked", PATIENCE_MS);
    await until(async () => (await open.count()) === 1 && (await open.innerText()).includes("receipt"), "who accepts and lies is a fault", PATIENCE_MS);
    expect((await verdict()) === "broken", "the card says that alarms do not come through");
    expect((await open.innerText()).includes("V08"), "the fault is an alarm of its own");
    await admin.getByTestId("fault-count").waitFor();

    hook.state.honest = true;
    await until(async () => (await verdict()) === "sound", "a receipt that comes back mends it", PATIENCE_MS);
    await admin.locator("[data-testid=watchdog-faults] li[data-stage=channel][data-mended=true]").first().waitFor();
    await admin.getByTestId("fault-count").waitFor({ state: "detached" });
    await admin.locator("[data-testid=watchdog-probes] li[data-outcome=arrived]").first().waitFor();

    const province = await harness.as("province");
    const listed = (await ask(province, "/api/alarms?state=all&code=V08")).body.items.length;
    const drills = (await ask(province, "/api/alarms?state=all&limit=200")).body.items.filter((one) => one.drill).length;
    expect(listed === 0 && drills === 0, "no test alarm is in a list of alarms");
    expect((await ask(province, "/api/system/watchdog")).status === 403, "the watchdog is for those who run the system");
  } finally {
    hook.stop();
  }
}

export const watchdogStory = [
  { name: "watchdog: a receiver that accepts and lies is a fault until it proves the arrival", roles: ["system_admin", "province"], run: lieAndTruth },
];
