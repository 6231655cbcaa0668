// The region tree for the filter: the server's flat list as nested nodes in its own order. Pure.
import type { Region } from "@/api/types";

export interface RegionNode {
  value: string;
  label: string;
  children?: RegionNode[];
}

export function regionTree(regions: Region[]): RegionNode[] {
  const known = new Set(regions.map((region) => region.id));
  const under = new Map<string | null, Region[]>();
  for (const region of regions) {
    const parent = region.parent_id && known.has(region.parent_id) ? region.parent_id : null;
    under.set(parent, [...(under.get(parent) ?? []), region]);
  }
  const build = (parent: string | null): RegionNode[] =>
    (under.get(parent) ?? [])
      .sort((a, b) => a.order - b.order)
      .map((region) => {
        const children = build(region.id);
        return { value: region.id, label: region.name, ...(children.length > 0 ? { children } : {}) };
      });
  return build(null);
}
