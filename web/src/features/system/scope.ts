// Which kind of scope a role usually has: unit people are bound to a unit, an organisation's to it, the others to a region. Pure.
export type ScopeKind = "unit" | "region" | "organisation";

const UNIT_ROLES: ReadonlySet<string> = new Set(["unit", "duty_guard", "installer"]);

const ORGANISATION_ROLES: ReadonlySet<string> = new Set(["organisation", "shift_leader"]);

export function scopeKindOf(role: string): ScopeKind {
  if (ORGANISATION_ROLES.has(role)) return "organisation";
  return UNIT_ROLES.has(role) ? "unit" : "region";
}
