// A fire is confirmed: the guard says that 119 was called, the school's people accept, arrive and finish on their side, both results stand there; the report of the fire
// is filled in, completed and handed in; the sheet of the alarm is made; another county sees none of it.
import { ask, raiseAtOwnUnit } from "../ask.mjs";
import { expect, until } from "../harness.mjs";

const side = (page, name) => page.locator(`[data-testid=order-side][data-side=${name}]`);
const order = (page) => page.getByTestId("work-order");

async function step(page, id, event) {
  let done = { status: 409 };
  for (let tried = 0; tried < 10 && done.status === 409; tried += 1) {
    const { version } = (await ask(page, `/api/alarms/${id}`)).body;
    done = await ask(page, `/api/alarms/${id}/events`, { event, version });
  }
  expect(done.status === 200, `${event}: ${JSON.stringify(done.body)}`);
}

async function act(page, name) {
  await page.getByTestId(`order-act-${name}`).click();
  await page.locator(`[data-testid=order-done][data-act=${name}]`).waitFor();
}

async function twoSides(harness) {
  const [unit, guard] = [await harness.as("unit"), await harness.as("duty_guard")];
  await harness.open(unit, "/alarms");
  const id = await raiseAtOwnUnit(unit, "F04", "故事：食堂油锅起火");
  await harness.open(guard, `/alarms/${id}`);
  await step(guard, id, "take");
  await step(guard, id, "confirm");
  await guard.getByTestId("fire-prompt").waitFor();
  const say = await guard.getByTestId("fire-prompt").textContent();
  expect(say.includes("119") && say.includes("请求出警"), `what to say stands there: ${say}`);
  await act(guard, "call_fire_brigade");
  await harness.open(unit, `/alarms/${id}`);
  await unit.getByTestId("fire-called").waitFor();
  await unit.getByTestId("order-words").fill("安全主任带队前往");
  await act(unit, "accept");
  await act(unit, "arrive");
  await act(unit, "second_force");
  await act(unit, "handle");
  await until(async () => (await order(unit).getAttribute("data-state")) === "done", "the people on site are done");
  for (const name of ["remote", "site"]) {
    const result = await side(unit, name).getAttribute("data-result");
    expect(result === "in_time", `${name}: ${result}`);
  }
  await unit.locator("[data-testid=stopwatch][data-kind=nearest][data-phase=met]").waitFor();
  const alarm = (await ask(unit, `/api/alarms/${id}`)).body;
  expect(alarm.times.arrived_at && alarm.owner.display_name !== "", "who arrives stops the clock and leaves the owner");

  await unit.getByTestId("incident-write").click();
  expect((await unit.getByTestId("incident-seen").inputValue()).includes("油锅起火"), "the form is filled in from rows");
  await unit.getByTestId("incident-place").fill("食堂");
  await unit.getByTestId("incident-cause").fill("油温过高");
  await unit.getByTestId("incident-measures").fill("灭火毯扑灭");
  await unit.getByTestId("incident-told").fill("县教育局");
  await unit.getByTestId("incident-submit").click();
  await unit.locator(".el-message-box__btns .el-button--primary").click();
  await unit.locator("[data-testid=incident][data-state=submitted]").waitFor();
  await unit.getByTestId("sheet-make").click();
  await unit.locator("[data-testid=paper][data-kind=alarm]").waitFor();
  const papers = (await ask(unit, `/api/duty/reports?alarm_id=${id}`)).body.items;
  expect(papers.length === 2, "the report and the sheet");
  for (const paper of papers) {
    const head = await unit.evaluate(async (path) => new TextDecoder().decode((await (await fetch(path)).arrayBuffer()).slice(0, 4)), `/api/duty/reports/${paper.id}/document?format=pdf`);
    expect(head === "%PDF", `a PDF: ${head}`);
  }
  const refused = await ask(guard, `/api/alarms/${id}/sheet`, {});
  expect(refused.status === 403, "who does the duty for others takes nothing along");
}

export const ordersStory = [{ name: "orders: both sides of a confirmed fire, 119, its report and its sheet", roles: ["unit", "duty_guard"], run: twoSides }];
