// More alarms than a person can work: those alike stand under one card, level 1 stands alone, nothing is lost, and supervisors see it.
import { ask, endAsTest, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

/** Of level 4: nothing in the demonstration raises it by itself. */
const CODE = "M05";
/** More than ten in ten minutes are a flood. */
const COUNT = 12;
const NOTE = "故事：告警泛滥";

async function flood(harness) {
  const [unit, guard] = [await harness.as("unit"), await harness.as("duty_guard")];
  await harness.open(guard, "/alarms");
  const raised = [];
  try {
    for (let n = 0; n < COUNT; n += 1) raised.push(await raiseAtOwnUnit(unit, CODE, `${NOTE} ${n}`));
    raised.push(await raiseAtOwnUnit(unit, "F04", NOTE), await raiseAtOwnUnit(unit, "F04", NOTE));
    await guard.getByTestId("flood-banner").waitFor();
    const group = guard.locator("li", { hasText: "备案逾期" }).getByTestId("flood-group").first();
    await until(async () => Number(await group.getAttribute("data-more")) >= COUNT - 1, "alarms alike stand under one card");
    for (const id of raised.slice(-2)) await guard.getByTestId(`alarm-row-${id}`).waitFor();
    const shown = async () => (await Promise.all(raised.slice(0, COUNT).map((id) => guard.getByTestId(`alarm-row-${id}`).count()))).reduce((sum, one) => sum + one, 0);
    expect((await shown()) < COUNT, "not every card is shown");
    await group.click();
    await until(async () => (await shown()) === COUNT, "opened, none is missing");

    const county = await harness.as("county");
    await harness.open(county, "/quality");
    const load = (await ask(county, "/api/operator-load")).body;
    expect(load.target === 1 && load.items.some((one) => one.flooded_since && one.in_window > load.flood_above), `the county sees who is flooded: ${JSON.stringify(load.items)}`);
    await county.getByTestId("load-table").locator("tbody tr").first().waitFor();
  } finally {
    for (const id of raised) await endAsTest(unit, id);
  }
}

export const floodStory = [{ name: "flood: alarms alike stand under one card, level 1 alone, and none is lost", roles: ["unit", "duty_guard", "county"], run: flood }];
