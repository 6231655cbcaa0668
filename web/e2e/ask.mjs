// Questions to the API as the person of a page.

/** Tries of something that the platform's clocks may overtake. */
const TRIES = 10;

/** GET without a body, POST (or another method) with one; the status and the answer read as JSON. */
export const ask = (page, path, body, method = "POST") =>
  page.evaluate(async ([address, content, verb]) => {
    const sent = content === undefined ? {} : { method: verb, headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
    const answer = await fetch(address, sent);
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }, [path, body, method]);

/** Raises an alarm at the page's own unit by hand, and answers its id. */
export async function raiseAtOwnUnit(page, code, note) {
  const me = await ask(page, "/api/session");
  const made = await ask(page, "/api/alarms", { unit_id: me.body.user.scope.id, code, note });
  if (made.status !== 201) throw new Error(`raised: ${made.status} ${JSON.stringify(made.body)}`);
  return made.body.id;
}

/** Takes an alarm and ends it as a test, so that the desk of other stories is as it was. */
export async function endAsTest(page, id) {
  for (const event of ["take", "mark_test"]) {
    let done = null;
    // The ladder may climb between the look and the step; then one looks again, as a person would.
    for (let tried = 0; tried < TRIES && (done === null || done.status === 409); tried += 1) {
      const { version } = (await ask(page, `/api/alarms/${id}`)).body;
      done = await ask(page, `/api/alarms/${id}/events`, { event, version });
    }
    if (done.status !== 200) throw new Error(`${event}: ${done.status} ${JSON.stringify(done.body)}`);
  }
}
