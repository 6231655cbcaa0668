// What a class of retention comes to in days. The server decides; this only says it before it is asked. Pure.

/** State Council Decree 799 art. 17, and Anti-terror Law art. 32. */
export function lawFloor(basis: string): number {
  return basis === "key_target" ? 90 : 30;
}

export function daysOf(one: { basis: string; class: string; floor_days: number; ceiling_days: number }): { floor_days: number; ceiling_days: number } {
  if (one.class === "custom") return { floor_days: one.floor_days, ceiling_days: one.ceiling_days };
  const days = one.class === "days_90" ? 90 : 30;
  return { floor_days: days, ceiling_days: days };
}
