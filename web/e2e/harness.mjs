// One browser, one signed-in page a role. One-time links work once, so a role signs in once and keeps its page.
// Stories that mostly wait run in a second lane: the same browser and sessions, pages of its own.
import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const VIEW = { width: 1366, height: 768 };
const WAIT_MS = 15_000;
const SIGN_IN_MS = 30_000;

export class Harness {
  static async start() {
    const base = (process.env.WATCHFIRE_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
    const links_path = process.env.WATCHFIRE_LINKS;
    if (!links_path) throw new Error("WATCHFIRE_LINKS names no file of one-time links");
    const links = JSON.parse(readFileSync(links_path, "utf8"));
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    // Rooted containers have no user namespaces for the sandbox; the pages opened are our own. The microphone is the browser's own beep.
    const microphone = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", ...microphone] });
    return new Harness(base, links, browser, new Map(), []);
  }

  constructor(base, links, browser, sessions, troubles) {
    this.base = base;
    this.links = links;
    this.browser = browser;
    /** By name: the context in which it is signed in, or will be. */
    this.sessions = sessions;
    this.pages = new Map();
    this.troubles = troubles;
    this.shots = resolve(process.env.WATCHFIRE_SHOTS ?? "e2e-failures");
  }

  hasLink(role) {
    return typeof this.links[role] === "string";
  }

  /** The first of these roles a link exists for. */
  oneOf(...roles) {
    const role = roles.find((one) => this.hasLink(one));
    if (!role) throw new Error(`no one-time link for any of ${roles.join(", ")}`);
    return role;
  }

  /** Another lane: the sessions are shared, the pages are not. */
  lane() {
    return new Harness(this.base, this.links, this.browser, this.sessions, this.troubles);
  }

  async newPage(name, of = this.browser.newContext({ viewport: VIEW, locale: "zh-CN" })) {
    const page = await (await of).newPage();
    page.setDefaultTimeout(WAIT_MS);
    page.on("pageerror", (error) => this.troubles.push(`${name}: ${error.message}`));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) this.troubles.push(`${name}: ${message.text()}`);
    });
    return page;
  }

  /** The page of a role, signed in by its one-time link on first use. */
  async as(role) {
    const known = this.pages.get(role);
    if (known) return known;
    const session = this.sessions.get(role);
    if (!session) return this.signIn(role, this.links[role]);
    const page = await this.newPage(role, session);
    this.pages.set(role, page);
    await page.goto(`${this.base}/`);
    await page.getByTestId("person").waitFor({ timeout: SIGN_IN_MS });
    return page;
  }

  /** A page of its own, signed in by a one-time link, of this platform or another. */
  async signIn(name, link) {
    const entering = this.enter(name, link);
    this.sessions.set(name, entering.then((page) => page.context()));
    return entering;
  }

  async enter(name, link) {
    const page = await this.newPage(name);
    this.pages.set(name, page);
    await page.goto(link);
    await page.getByTestId("person").waitFor({ timeout: SIGN_IN_MS });
    // Whoever has come in is sent on once more, which would undo an address that is opened before.
    await page.waitForFunction(() => !location.hash.startsWith("#/enter"));
    return page;
  }

  async close(name) {
    await this.pages.get(name)?.context().close();
    this.pages.delete(name);
    this.sessions.delete(name);
  }

  /** A second person of a role, made by the security administrator: what one may not decide about one's own work needs two. */
  async second(role) {
    const known = this.pages.get(`${role} 2`);
    if (known) return known;
    const first = await this.as(role);
    const scope = await first.evaluate(async () => (await (await fetch("/api/session")).json()).user.scope);
    const admin = await this.as("security_admin");
    const body = { login_name: `story-${role}-${Date.now().toString(36)}`, display_name: "故事二号", role, scope_kind: scope.kind, scope_id: scope.id };
    const made = await admin.evaluate(async (wanted) => {
      const answer = await fetch("/api/users", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(wanted) });
      return { status: answer.status, body: await answer.json() };
    }, body);
    if (made.status !== 201) throw new Error(`a second ${role} cannot be made: ${made.status} ${JSON.stringify(made.body)}`);
    return this.signIn(`${role} 2`, `${this.base}/#/enter/${made.body.one_time_token}`);
  }

  async open(page, path) {
    // An address that changes while the page is being loaded is not heard by it.
    if (page.url().startsWith(this.base)) await page.locator("#app [data-testid]").first().waitFor({ state: "attached" });
    await page.goto(`${this.base}/#${path}`);
  }

  async shoot(name) {
    mkdirSync(this.shots, { recursive: true });
    const made = [];
    for (const [role, page] of this.pages) {
      const path = join(this.shots, `${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}-${role}.png`);
      await page.screenshot({ path }).then(() => made.push(path), () => undefined);
    }
    return made;
  }

  async stop() {
    await this.browser.close();
  }
}

export function expect(truth, what) {
  if (!truth) throw new Error(what);
}

/** Waits until `look` answers truth; for things no selector can say. */
export async function until(look, what, limit_ms = WAIT_MS) {
  const end_ms = Date.now() + limit_ms;
  while (Date.now() < end_ms) {
    if (await look()) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`not within ${limit_ms} ms: ${what}`);
}
