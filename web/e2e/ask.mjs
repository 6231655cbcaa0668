// Questions to the API as the person of a page.

/** GET without a body, POST with one; the status and the answer read as JSON. */
export const ask = (page, path, body) =>
  page.evaluate(async ([address, content]) => {
    const sent = content === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
    const answer = await fetch(address, sent);
    return { status: answer.status, body: await answer.json().catch(() => null) };
  }, [path, body]);

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
    const { version } = (await ask(page, `/api/alarms/${id}`)).body;
    const done = await ask(page, `/api/alarms/${id}/events`, { event, version });
    if (done.status !== 200) throw new Error(`${event}: ${done.status} ${JSON.stringify(done.body)}`);
  }
}
