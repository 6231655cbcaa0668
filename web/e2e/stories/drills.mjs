// A double-blind drill: the county plans it, the seat shows what looks like an alarm, the guard takes it and goes through the script, and the
// monthly list has it; no alarm was raised.
import { ask } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

const ROOM = "故事演练值班室";
const STEPS = ["take", "verify", "call_nearest", "call_fire_brigade", "call_manager", "record"];

const held = async (page) => Number(await page.getByTestId("drill-held-blind").getAttribute("data-count").catch(() => "0"));

/** Somebody of the organisation with a browser that is no seat yet. */
async function somebody(harness, leader, firm) {
  for (const one of (await ask(leader, `/api/organisations/${firm}/staff`)).body) {
    const made = await ask(leader, `/api/organisations/${firm}/staff/${one.id}/account`, { login_name: "story-drill" });
    if (made.status === 201) return harness.signIn("story-drill", `${harness.base}/#/enter/${made.body.one_time_token}`);
  }
  throw new Error("nobody of the organisation is without an account");
}

async function drilled(harness) {
  const leader = await harness.as("organisation");
  const firm = (await ask(leader, "/api/session")).body.user.scope.id;
  const room = (await ask(leader, "/api/duty-rooms", { name: ROOM, kind: "organisation", organisation_id: firm })).body;
  const { code } = (await ask(leader, `/api/duty-rooms/${room.id}/seats`, { name: "主席位" })).body;
  const guard = await somebody(harness, leader, firm);
  await harness.open(guard, "/seat");
  await guard.getByTestId("seat-bind-code").fill(code);
  await guard.getByTestId("seat-bind").click();
  await guard.getByTestId("seat-roll-call").waitFor();

  const county = await harness.as("county");
  await harness.open(county, "/drills");
  await until(async () => (await county.getByTestId("drill-rooms").innerText()).includes(ROOM), "the room is on the monthly list");
  const before = await held(county);
  const alarms = (await ask(county, "/api/alarms?limit=200&state=all")).body.items.length;
  await county.getByTestId("drill-plan").click();
  await county.getByTestId("drill-kind-double_blind").click();
  await county.getByTestId("room-select").click();
  await county.locator(".el-select-dropdown:visible .el-select-dropdown__item", { hasText: ROOM }).click();
  await county.keyboard.press("Escape");
  await county.getByTestId("drill-place").fill("三楼东侧走廊");
  await county.getByTestId("drill-knows").fill("校安全负责人");
  await county.getByTestId("drill-send").click();
  await county.getByTestId("drill-list").waitFor();

  // At the seat it stands among the alarms; the organisation's leader finds nothing.
  await guard.getByTestId("seat-drill-entry").click({ timeout: 15_000 });
  expect((await guard.getByTestId("seat-drill").getAttribute("data-known")) === "", "it does not say that it is a drill");
  expect((await ask(leader, "/api/drills?kind=double_blind&state=running")).body.items.length === 0, "whoever is drilled does not know");
  await guard.getByTestId("seat-drill-take").click();
  await until(async () => (await guard.getByTestId("seat-drill").getAttribute("data-known")) === "double_blind", "once taken it says so");
  for (const step of STEPS.slice(1)) await guard.getByTestId(`seat-drill-${step}`).click();
  await guard.getByTestId("seat-drill").waitFor({ state: "detached" });

  await county.getByTestId("drill-open").first().click();
  await until(async () => (await county.getByTestId("drill-score").innerText().catch(() => "")).includes("100"), "every step in time: a hundred points");
  await county.keyboard.press("Escape");
  await county.getByTestId("drills-tab-month").click();
  await until(async () => (await held(county)) === before + 1, "the month has it");
  expect((await ask(county, "/api/alarms?limit=200&state=all")).body.items.length >= alarms, "no alarm is lost");
  const made_up = (await ask(county, `/api/alarms?limit=200&state=all&unit_id=${room.unit_id}`)).body.items.filter((one) => one.code === "F01");
  expect(made_up.length === 0, "and none is made of a drill");
  const { version } = (await ask(leader, `/api/duty-rooms/${room.id}`)).body;
  await ask(leader, `/api/duty-rooms/${room.id}/close`, { reason: "故事结束", version });
}

export const drillsStory = [
  { name: "drills: a double-blind drill looks like an alarm until it is taken, is timed, and is counted apart", roles: ["county", "organisation"], run: drilled },
];
