// Which kind of scope a role usually has: unit people are bound to a unit, the others to a region. Pure.
const UNIT_ROLES: ReadonlySet<string> = new Set(["unit", "duty_guard", "installer"]);

export function scopeKindOf(role: string): "unit" | "region" {
  return UNIT_ROLES.has(role) ? "unit" : "region";
}
