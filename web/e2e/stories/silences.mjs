// A planned silence: the school asks, the county approves, an alarm is recorded and rings nobody, and rings when the silence is over.
import { ask, endAsTest, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** Of level 4; its ladder is the short one of scripts/demo-instance.sh: the unit after 2 s, the county after 4 s. */
const CODE = "M05";
/** Longer than the ladder takes to the county. */
const QUIET_MS = 6_000;
const SHORT_S = 20;
const REASON = "故事：更换疏散指示灯";

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const told = async (page, id) => {
  const { runs } = (await ask(page, `/api/alarms/${id}/ladder`)).body;
  return runs.flatMap((run) => run.rungs).filter((rung) => rung.told_at);
};

async function askAndApprove(harness) {
  const [unit, county] = [await harness.as("unit"), await harness.as("county")];
  await harness.open(unit, "/silences");
  await unit.getByTestId("silence-ask").click();
  expect(await unit.getByTestId("silence-send").isDisabled(), "nothing is asked for without a reason");
  await unit.getByTestId("silence-reason").fill(REASON);
  await unit.getByTestId("silence-send").click();
  const row = (page) => page.getByTestId("silence-table").locator("tbody tr", { hasText: REASON }).first();
  await row(unit).waitFor();
  expect((await row(unit).getByTestId("silence-approve").count()) === 0, "whoever asks does not approve");

  await harness.open(county, "/silences");
  await county.getByTestId("wish-count").waitFor();
  await row(county).getByTestId("silence-approve").click();
  expect(!(await county.getByTestId("silence-with-fire").locator("input").isChecked()), "fire is not named unless somebody names it");
  await county.getByTestId("silence-why").fill("已核实施工方案");
  await county.getByTestId("silence-decide").click();
  await until(async () => (await row(county).getByTestId("silence-state").innerText()) === "静默中", "the silence is in force");
  await county.getByTestId("wish-count").waitFor({ state: "detached" });
  return { unit, county, row };
}

async function liftRings(harness) {
  const { unit, county, row } = await askAndApprove(harness);
  const fire = await raiseAtOwnUnit(unit, "F04", "故事：静默中人工报警");
  await until(async () => (await told(unit, fire)).length > 0, "a call point rings whatever is silenced");
  await endAsTest(unit, fire);

  const id = await raiseAtOwnUnit(unit, CODE, "故事：静默中");
  const alarm = (await ask(unit, `/api/alarms/${id}`)).body;
  expect(alarm.state === "waiting" && alarm.marks.includes("silenced") && alarm.quiet_until, `recorded and marked: ${JSON.stringify(alarm.marks)}`);
  await sleep(QUIET_MS);
  expect((await told(unit, id)).length === 0, "nobody was told");
  const guard = await harness.as("duty_guard");
  await harness.open(guard, `/alarms/${id}`);
  await guard.getByTestId("alarm-quiet").waitFor();
  await until(async () => (await row(county).getByTestId("silence-alarms").innerText()) === "1" || (await county.reload(), false), "the register counts it");

  await row(county).getByTestId("silence-lift").click();
  await county.getByTestId("silence-why").fill("提前完工");
  await county.getByTestId("silence-decide").click();
  await until(async () => (await told(unit, id)).some((rung) => rung.rung === "county"), "lifted, it rings and climbs");
  await endAsTest(unit, id);
  await county.getByTestId("silence-all").click();
  await until(async () => (await row(county).getByTestId("silence-state").getAttribute("data-state")) === "lifted", "what was decided stays in the register");
}

async function endRings(harness) {
  const [unit, county] = [await harness.as("unit"), await harness.as("county")];
  const me = (await ask(unit, "/api/session")).body;
  const [from, until_at] = [new Date(), new Date(Date.now() + SHORT_S * 1000)];
  const asked = await ask(unit, "/api/silences", { unit_id: me.user.scope.id, code: CODE, reason: REASON, starts_at: from.toISOString(), ends_at: until_at.toISOString() });
  expect(asked.status === 201, `asked for: ${asked.status} ${JSON.stringify(asked.body)}`);
  const own = await ask(unit, `/api/silences/${asked.body.id}/events`, { event: "approve", version: 0 });
  expect(own.status === 403, `the school does not approve: ${own.status}`);
  const approved = await ask(county, `/api/silences/${asked.body.id}/events`, { event: "approve", version: 0 });
  expect(approved.status === 200 && approved.body.in_force, `approved: ${approved.status}`);
  const id = await raiseAtOwnUnit(unit, CODE, "故事：静默到期");
  await until(async () => (await told(unit, id)).some((rung) => rung.rung === "unit"), "when the silence is over, it rings and climbs", (SHORT_S + 30) * 1000);
  const first = (await told(unit, id)).map((rung) => Date.parse(rung.told_at)).sort((a, b) => a - b)[0];
  expect(first >= until_at.getTime(), `nobody was told before the end: ${new Date(first).toISOString()}`);
  await endAsTest(unit, id);
}

async function calendar(harness) {
  const county = await harness.as("county");
  await harness.open(county, "/escalations");
  const known = county.getByTestId("calendar-known");
  await known.waitFor();
  const hours = (await ask(county, "/api/working-hours")).body;
  expect((await known.innerText()).includes(hours.known_until), "the page says until when the calendar is known");
  const should = hours.today_known ? ["soon", "knownUntil"] : ["unknown"];
  expect(should.includes(await known.getAttribute("data-known")), "and whether today is");
}

export const silencesStory = [
  { name: "silences: asked by the school, approved by the county; an alarm in it rings nobody until it is lifted", roles: ["unit", "county", "duty_guard"], run: liftRings },
  { name: "silences: an alarm that is still open at the end rings and climbs from then", roles: ["unit", "county"], run: endRings },
  { name: "silences: the page of escalations says until when holidays are known", roles: ["county"], run: calendar },
];
