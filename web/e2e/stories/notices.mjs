// Alarms are left overdue: the county sends notices in bulk, the unit signs and replies, the county returns it, the unit replies again and is accepted; what was ignored
// shows under "still open after notices", and a supervision order goes out that marks its alarms at the desk.
import { ask, endAsTest, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** Level 1: overdue when nobody has taken it for 60 s. */
const CODE = "F04";
const OVERDUE_S = 61;
const MARKUP = "<img src=x onerror=window.broken=1>请重视";

const overdueOf = async (page, unit) => (await ask(page, "/api/overdue/parties?limit=200")).body.items.find((one) => one.unit_id === unit)?.overdue ?? 0;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function leaveOverdue(unit) {
  const ids = [await raiseAtOwnUnit(unit, CODE, "故事：无人处置一"), await raiseAtOwnUnit(unit, CODE, "故事：无人处置二")];
  const raised_ms = Date.now();
  const me = (await ask(unit, "/api/session")).body.user.scope.id;
  const before = await overdueOf(unit, me);
  while (Date.now() - raised_ms < OVERDUE_S * 1000) await sleep(1000);
  expect((await overdueOf(unit, me)) >= before + ids.length, "both are overdue by their clocks");
  return { ids, unit_id: me };
}

/** Chooses the unit's row and sends; answers the id of its newest notice. */
async function sendFromRow(office, tab, unit_id, kind, remark) {
  await harnessOpen(office, `/notices?tab=${tab}`);
  await office.getByTestId(`party-${unit_id}`).getByTestId("choose-party").click();
  await office.getByTestId("bulk-send").click();
  await office.getByTestId(`send-kind-${kind}`).click();
  if (remark) await office.getByTestId("send-remark").fill(remark);
  await office.getByTestId("send-preview").waitFor();
  const preview = await office.getByTestId("send-preview").textContent();
  expect(preview.includes("风险告警"), `the text is shown before it is sent: ${preview}`);
  await office.getByTestId("send-now").click();
  await office.getByTestId("send-dialog").waitFor({ state: "detached" });
  const page = (await ask(office, "/api/notices?limit=10")).body;
  const sent = page.items.find((one) => one.unit_id === unit_id && one.kind === kind);
  expect(sent && sent.state === "sent", `sent: ${JSON.stringify(page.items[0])}`);
  return sent.id;
}

let harnessOpen;

const stateOf = async (page, id) => (await ask(page, `/api/notices/${id}`)).body.notice.state;

async function say(page, event, words) {
  await page.getByTestId(`notice-act-${event}`).click();
  await page.getByTestId("notice-words").fill(words);
  await page.getByTestId("notice-words-send").click();
}

async function noticeAndReply(harness, county, unit, left) {
  const id = await sendFromRow(county, "overdue", left.unit_id, "notice", MARKUP);
  await harness.open(unit, "/notices");
  await unit.getByTestId("notice-count").waitFor();
  await unit.getByTestId(`notice-${id}`).locator("a").first().click();
  const body = await unit.getByTestId("notice-body").textContent();
  expect(body.includes(MARKUP) && (await unit.evaluate(() => window.broken)) === undefined, "markup is shown as text");
  await unit.getByTestId("notice-sign").click();
  await unit.getByTestId("notice-act-reply").waitFor();
  await say(unit, "reply", "已安排人员处理");
  await until(async () => (await stateOf(unit, id)) === "replied", "replied");

  await harness.open(county, `/notices/${id}`);
  expect((await county.locator("[data-testid=chain-level][data-rung=unit]").getAttribute("data-signed")) === "true", "the unit's receipt is seen");
  await say(county, "return", "请说明处理结果");
  // What the page offered before it was returned would be refused as out of date.
  await county.getByTestId("notice-act-accept").waitFor({ state: "detached" });
  await unit.getByTestId("notice-act-reply").waitFor();
  await say(unit, "reply", "已处理，附结果说明");
  await county.getByTestId("notice-act-accept").click();
  await until(async () => (await stateOf(county, id)) === "accepted", "accepted");
  const events = () => county.locator("[data-testid=notice-step]").evaluateAll((steps) => steps.map((step) => step.dataset.event).join(" "));
  await until(async () => (await events()) === "draft send sign reply return reply accept", "every step stands on the page, in order");
  return id;
}

async function ignoredIsOrdered(harness, county, unit, left) {
  await harness.open(county, "/notices?tab=still");
  await county.getByTestId(`party-${left.unit_id}`).waitFor();
  const order = await sendFromRow(county, "still", left.unit_id, "supervision");
  const row = (await ask(county, `/api/notices/${order}`)).body;
  expect(row.notice.nth >= 2 && row.body.includes("现予督办"), `an order, and not the first: ${row.body}`);
  const named = await county.evaluate(async () => (await fetch("/api/overdue/parties.csv?notices=2")).text());
  expect(named.includes(row.notice.party_name), "named after two notices");
  await harness.open(unit, `/notices/${order}`);
  await unit.getByTestId("notice-sign").waitFor();
  await harness.open(unit, `/alarms/${left.ids[0]}`);
  await unit.getByTestId("alarm-notices").waitFor();
  await unit.getByTestId(`alarm-row-${left.ids[0]}`).locator("[data-mark='supervised']").waitFor();
  await unit.getByTestId("only-supervised").check();
  const rows = unit.getByTestId("alarm-list").locator("[role='option']");
  await until(async () => (await rows.count()) > 0 && (await rows.count()) === (await rows.locator("[data-mark='supervised']").count()), "only those that an order names");
  return order;
}

/** The organisation that does the unit's duty has a notice of its own, and signs for it. */
async function organisationSigns(harness, county, left) {
  await harness.open(county, "/notices?tab=overdue");
  await county.getByTestId("by-organisation").locator("..").click();
  await county.getByTestId("choose-party").first().click();
  await county.getByTestId("bulk-send").click();
  await county.getByTestId("send-preview").waitFor();
  await county.getByTestId("send-now").click();
  await county.getByTestId("send-dialog").waitFor({ state: "detached" });
  const sent = (await ask(county, "/api/notices?limit=10")).body.items.find((one) => one.party === "organisation");
  expect(sent && sent.unit_id === null && sent.nth >= 1, `sent to the organisation: ${JSON.stringify(sent)}`);
  const organisation = await harness.as("organisation");
  await harness.open(organisation, `/notices/${sent.id}`);
  await organisation.getByTestId("notice-sign").click();
  await organisation.getByTestId("notice-act-reply").waitFor();
  expect((await ask(organisation, `/api/notices?unit_id=${left.unit_id}`)).body.items.length === 0, "it sees its own alone");
}

async function supervise(harness) {
  harnessOpen = (page, path) => harness.open(page, path);
  const [unit, county, guard] = [await harness.as("unit"), await harness.as("county"), await harness.as("duty_guard")];
  await harness.open(unit, "/notices");
  const left = await leaveOverdue(unit);
  const id = await noticeAndReply(harness, county, unit, left);
  await ignoredIsOrdered(harness, county, unit, left);
  await organisationSigns(harness, county, left);
  const foreign = await ask(unit, "/api/notices", { batch_id: crypto.randomUUID(), kind: "notice", alarm_ids: left.ids });
  expect(foreign.status === 403, "a unit sends none");
  await harness.open(guard, "/alarms");
  const own = (await ask(unit, `/api/notices/${id}/alarms?limit=200`)).body.items.map((one) => one.alarm);
  for (const alarm of own.filter((one) => one.state === "waiting")) await endAsTest(guard, alarm.id);
  const open = (await ask(unit, `/api/notices/${id}`)).body.notice.open_alarms;
  if (open === 0) await until(async () => (await stateOf(county, id)) === "closed", "closed by the platform when its alarms have ended");
}

export const noticesStory = [
  { name: "notices: overdue alarms, a notice, a reply returned and accepted, an order for what was ignored", roles: ["unit", "county", "duty_guard", "organisation"], run: supervise },
];
