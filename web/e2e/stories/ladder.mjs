// Nobody answers: an alarm climbs from the guard to the unit, the county, the city and the province, is acknowledged, and taking it ends the climb.
import { ask, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** A level-4 alarm that nothing in the demonstration raises by itself; its ladder is the short one of scripts/demo-instance.sh. */
const CODE = "M05";
const RUNGS = ["duty_guard", "unit", "county", "city", "province"];
/** Seconds after the alarm at which each rung is due by that ladder, and how late a busy machine may be. */
const DUE_S = [0, 2, 4, 6, 8];
const LATE_S = 4;
/** A ladder that takes longer is not the short one. */
const SHORT_S = 60;

const ladder = async (page, id) => (await ask(page, `/api/alarms/${id}/ladder`)).body.runs[0];

/** Told when it was due and not before; each once. */
async function climbedInTime(page, id) {
  const run = await ladder(page, id);
  const since = Date.parse(run.since);
  RUNGS.forEach((name, index) => {
    const rung = run.rungs.find((one) => one.rung === name);
    const after_s = (Date.parse(rung.told_at) - since) / 1000;
    expect(after_s >= DUE_S[index] && after_s <= DUE_S[index] + LATE_S, `${name} told after ${after_s} s, due at ${DUE_S[index]} s`);
    const people = rung.notified.map((line) => line.recipient);
    expect(people.length > 0 && new Set(people).size === people.length, `${name}: ${people.join(", ")}`);
  });
}

async function nobodyAnswers(harness) {
  const [unit, county, city, province] = [await harness.as("unit"), await harness.as("county"), await harness.as("city"), await harness.as("province")];
  for (const office of [county, city, province]) await harness.open(office, "/escalations");
  const id = await raiseAtOwnUnit(unit, CODE, "故事：无人应答");
  const planned = await untilRun(unit, id);
  const last = planned.rungs.at(-1);
  expect(Date.parse(last.due_at) - Date.parse(planned.since) < SHORT_S * 1000, "the platform runs with the short ladder of scripts/demo-instance.sh");
  expect((await ask(city, "/api/escalations")).body.items.every((one) => one.alarm.id !== id), "the city does not have it yet");

  await county.getByTestId(`queued-${id}`).waitFor();
  await county.getByTestId("owed-count").waitFor();
  await county.getByTestId(`queued-${id}`).getByTestId("acknowledge-alarm").click();
  await county.getByTestId(`queued-${id}`).waitFor({ state: "detached" });
  // Knowing is not taking: it climbs on.
  await city.getByTestId(`queued-${id}`).waitFor();
  await province.getByTestId(`queued-${id}`).waitFor();
  await climbedInTime(province, id);

  await province.getByTestId(`queued-${id}`).locator("a").first().click();
  await province.getByTestId("ladder").waitFor();
  const phase = (name) => province.locator(`[data-testid=ladder-rung][data-rung=${name}]`).getAttribute("data-phase");
  await until(async () => (await phase("county")) === "acknowledged", "the province sees that the county acknowledged");
  for (const name of ["duty_guard", "unit", "city", "province"]) expect((await phase(name)) === "told", `${name} is shown as told`);
  const steps = province.locator("[data-testid=alarm-step][data-event=escalate]");
  expect((await steps.count()) === 4, "each rung above the guard stands once in the time line");
  await province.getByTestId("ladder-acknowledge").click();
  await until(async () => (await phase("province")) === "acknowledged", "the province acknowledged");
  return id;
}

/** The outbox tells the ladder of an alarm a moment after it is raised. */
async function untilRun(page, id) {
  await until(async () => Boolean((await ladder(page, id))?.rungs.length), "the alarm has a ladder");
  return ladder(page, id);
}

async function takingEndsIt(harness, id) {
  const guard = await harness.as("duty_guard");
  await harness.open(guard, `/alarms/${id}`);
  await guard.getByTestId("act-take").click();
  await until(async () => (await guard.locator("[data-testid=ladder] [data-clock=take]").getAttribute("data-running")) === "false", "taking ends the climb");
  const city = await harness.as("city");
  const { version } = (await ask(guard, `/api/alarms/${id}`)).body;
  expect((await ask(guard, `/api/alarms/${id}/events`, { event: "mark_test", version })).status === 200, "ended as a test");
  await city.getByTestId(`queued-${id}`).waitFor({ state: "detached" });
}

async function climb(harness) {
  await takingEndsIt(harness, await nobodyAnswers(harness));
}

export const ladderStory = [
  { name: "ladder: nobody answers and the province sees it climb, until somebody takes it", roles: ["duty_guard", "unit", "county", "city", "province"], run: climb },
];
