// Small arithmetic of the measures.

/** The value below which the share `q` of the values lies (nearest rank). */
export function quantile(values, q) {
  if (values.length === 0) return null;
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
}
