// The ledger of duty: a control room is registered, its minutes come to stand in the ledger with their cause, proved beside claimed; the unit's
// five conditions with their numbers; and a report that is sealed and handed out.
import { ask } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** A minute's round, and what comes late is waited for. */
const ROUND_MS = 150_000;
const beijingDay = (later) => new Date(Date.now() + (8 + 24 * later) * 3_600_000).toISOString().slice(0, 10);

async function ledger(harness) {
  const county = await harness.as("county");
  const contracts = (await ask(county, "/api/contracts?alive=true")).body.items;
  const running = contracts.find((one) => one.state === "running");
  expect(running !== undefined, "the demonstration has a running contract");
  const made = await ask(county, "/api/duty-rooms", { name: "故事消防控制室", kind: "fire_control", organisation_id: running.organisation_id, unit_id: running.unit_id });
  expect(made.status === 201, `registered: ${made.status} ${JSON.stringify(made.body)}`);

  await harness.open(county, "/ledger");
  await county.getByTestId("ledger-coverage").waitFor();
  const own = county.getByTestId("ledger-organisation").filter({ hasText: running.organisation_name });
  await until(async () => (await own.count()) === 1, "its organisation stands in the ledger of today", ROUND_MS);
  const room = county.locator(`[data-testid="room-day"][data-room="${made.body.id}"]`);
  // The organisation's other room is there already; this one comes with the next minute's round.
  await until(async () => {
    if ((await room.count()) === 0) await own.click();
    await county.waitForTimeout(2_000);
    return (await room.count()) > 0;
  }, "its room is among those of today", ROUND_MS);
  // Nobody is on a roster yet: every minute that is over is a gap with that cause, and nothing is claimed.
  await until(async () => (await room.locator('[data-state="no_roster"]').count()) > 0, "its minutes have their cause", ROUND_MS);
  expect((await room.getByTestId("proven").getAttribute("data-minutes")) === "0", "nothing is proved");
  expect(Number(await room.getByTestId("gap").getAttribute("data-minutes")) > 0, "and the gap is counted");
  await room.getByTestId("gap-list").waitFor();

  await harness.open(county, `/units/${running.unit_id}`);
  await county.getByTestId("unit-ledger").waitFor();
  await county.locator(`[data-testid="unit-day"][data-day="${beijingDay(0)}"]`).waitFor();

  await harness.open(county, "/ledger?tab=effective");
  const standing = county.locator(`[data-testid="standing"][data-unit="${running.unit_id}"]`);
  await standing.waitFor();
  expect((await standing.getByTestId("condition").count()) === 5, "five conditions");
  expect((await standing.locator('[data-condition="contract"]').getAttribute("data-met")) === "true", "both sides accepted the contract");
  expect((await standing.locator('[data-condition="roll_calls"]').getAttribute("data-met")) === "false", "nothing counted is never met");

  await county.getByTestId("ledger-tab-suspicions").click();
  await county.getByTestId("suspicion-table").waitFor();

  await county.getByTestId("ledger-tab-reports").click();
  await county.getByTestId("report-kind").click();
  await county.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: "周报" }).click();
  await county.getByTestId("report-make").click();
  const row = county.getByTestId("report-table").locator("tbody tr", { hasText: "值守周报" }).first();
  await row.waitFor();
  const reports = (await ask(county, "/api/duty/reports?kind=weekly")).body.items;
  const sealed = await county.evaluate(async (id) => {
    const answer = await fetch(`/api/duty/reports/${id}/document?format=json`);
    const digest = await crypto.subtle.digest("SHA-256", await answer.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }, reports[0].id);
  expect(sealed === reports[0].digest, "the digest is that of the sealed content");
  const [download] = await Promise.all([county.waitForEvent("download"), row.getByTestId("report-docx").click()]);
  expect(download.suggestedFilename().endsWith(".docx"), "handed out as DOCX");

  const closed = await ask(county, `/api/duty-rooms/${made.body.id}/close`, { reason: "故事结束", version: (await ask(county, `/api/duty-rooms/${made.body.id}`)).body.version });
  expect(closed.status === 200, `the room is given up again: ${closed.status} ${JSON.stringify(closed.body)}`);
}

export const ledgerStory = [{ name: "ledger: a room's minutes with their cause, the five conditions, a sealed report", roles: ["county"], run: ledger }];
