// The main job: a camera sees fire, a guard takes the alarm by keyboard, a second person closes it, the auditor sees every step.
import { card, handleWithLivePicture, offers, plays, press, waitForState } from "../desk.mjs";
import { expect, until } from "../harness.mjs";

/** The demonstration promises a fire alarm this soon after its start. */
const ALARM_WITHIN_MS = 90_000;
const fire_rows = "[data-testid^=alarm-row-][data-code^=F][data-state=waiting]";
let alarm_id = "";

async function seesTheAlarm(harness) {
  const page = await harness.as("duty_guard");
  await harness.open(page, "/alarms");
  await page.locator(fire_rows).first().waitFor({ timeout: ALARM_WITHIN_MS });
  const row = page.locator(fire_rows).first();
  alarm_id = (await row.getAttribute("data-testid")).replace("alarm-row-", "");
  await row.click();
  const picture = page.getByTestId("evidence-picture");
  await until(() => picture.evaluate((image) => image.complete && image.naturalWidth > 0), "the evidence picture is there");
  expect((await page.getByTestId("evidence-box").count()) > 0, "boxes are drawn over the evidence picture");
  await plays(page);
}

async function takesByKeyboard(harness) {
  const page = await harness.as("duty_guard");
  // A click elsewhere on the page must not turn the space bar into that button's.
  await page.getByTestId("language").click();
  await page.getByTestId("language").click();
  await press(page, "take", "Space");
  await waitForState(page, "taken");
  if (await offers(page, "start_verify")) {
    await press(page, "start_verify", "v");
    await waitForState(page, "verifying");
  }
  await press(page, "confirm", "1");
  await page.getByTestId("act-arrive").waitFor();
  await press(page, "arrive", "a");
  await until(async () => !(await offers(page, "arrive")), "somebody is on site");
  if (await offers(page, "start_handling")) {
    await press(page, "start_handling", "h");
    await waitForState(page, "handling");
  }
  await press(page, "handle", "d");
  await handleWithLivePicture(page);
  await waitForState(page, "in_review");
  expect(!(await offers(page, "approve")), "the one who handled a level-1 alarm is not offered its review");
}

async function secondPersonCloses(harness) {
  const page = await harness.as(harness.oneOf("unit", "county", "city", "province"));
  await harness.open(page, `/alarms/${alarm_id}`);
  await waitForState(page, "in_review");
  await page.getByTestId("show-result").click();
  await until(() => page.getByTestId("evidence-picture").evaluate((image) => image.complete && image.naturalWidth > 0), "the result picture is there");
  await page.mouse.click(5, 5);
  await press(page, "approve", "r");
  await waitForState(page, "closed");
}

async function auditorSeesEveryStep(harness) {
  const page = await harness.as("auditor");
  await harness.open(page, `/alarms/${alarm_id}`);
  await waitForState(page, "closed");
  const events = await page.getByTestId("alarm-step").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-event")));
  for (const event of ["take", "confirm", "arrive", "handle", "approve"]) expect(events.includes(event), `the auditor sees the step ${event} among ${events.join(", ")}`);
  expect((await page.locator("[data-testid=time-line] li.done").count()) === 8, "T0 to T7 are all there");
  expect((await card(page).locator("[data-testid^=act-]").count()) === 0, "the auditor can do nothing to it");
  await harness.open(page, "/audit");
  await page.getByTestId("audit-table").locator("tbody tr").first().waitFor();
}

export const fireStory = [
  { name: "fire: the guard sees the alarm with its picture and live video", roles: ["duty_guard"], run: seesTheAlarm },
  { name: "fire: the guard takes, verifies and handles it by keyboard", roles: ["duty_guard"], run: takesByKeyboard },
  { name: "fire: a second person reviews and closes it", roles: [], run: secondPersonCloses },
  { name: "fire: the auditor sees every step", roles: ["auditor"], run: auditorSeesEveryStep },
];
