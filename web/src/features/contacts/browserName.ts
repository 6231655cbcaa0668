// A short name for what a browser calls itself. Order matters: Edge says that it is Chrome, and Chrome that it is Safari.
const BROWSERS: readonly [RegExp, string][] = [[/Edg[A-Z]*\/(\d+)/i, "Edge"], [/Firefox\/(\d+)/, "Firefox"], [/Chrome\/(\d+)/, "Chrome"], [/Version\/(\d+)[.\d]* (?:Mobile\/\S+ )?Safari/, "Safari"]];
const SYSTEMS: readonly [RegExp, string][] = [[/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"], [/Linux/, "Linux"]];

/** As people know it, e.g. `Firefox 140 · Windows`; what nobody knows is shown as it is. */
export function browserName(agent: string): string {
  const browser = BROWSERS.map(([pattern, name]) => ({ name, found: pattern.exec(agent) })).find((one) => one.found);
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent));
  if (!browser?.found) return agent || "?";
  return [`${browser.name} ${browser.found[1]}`, system?.[1]].filter(Boolean).join(" · ");
}
