// Snapshots, figures, progress and the register of units that should connect.
import { get, queryText, write } from "./call";
import type { Page } from "./types";
import type {
  ComparedUnit, Comparison, FigureTableView, FrozenUnit, Overdue, RegisterChange, RegisterVersion, SnapshotRow, Trend, UnitsQuery,
} from "./contract";

export const snapshotsPage = (limit: number, after?: string) => get<Page<SnapshotRow>>("/api/snapshots", { limit, after });
export const takeSnapshot = (body: { as_of?: string; note?: string }) => write<SnapshotRow>("POST", "/api/snapshots", body);
export const compareSnapshots = (from: string, to: string) => get<Comparison>(`/api/snapshots/${from}/compare/${to}`);
export const comparedUnits = (from: string, to: string, query: { change: string; category?: string | undefined; region_id?: string | undefined; limit: number; after?: string | undefined }) =>
  get<Page<ComparedUnit>>(`/api/snapshots/${from}/compare/${to}/units`, query);

export interface TableQuery {
  measure: string;
  by?: "city" | "county" | undefined;
  region_id?: string | undefined;
  since?: string | undefined;
}
export const figureTable = (id: string, query: TableQuery) => get<FigureTableView>(`/api/snapshots/${id}/figures`, { ...query });
export const figureSheet = (id: string, measure: string) => `/api/snapshots/${id}/figures.xlsx${queryText({ measure })}`;
export const unitsBehind = (id: string, query: UnitsQuery) => get<Page<FrozenUnit>>(`/api/snapshots/${id}/units`, { ...query });
export const unitsSheet = (id: string, kind: "csv" | "xlsx", query: UnitsQuery) => `/api/snapshots/${id}/units.${kind}${queryText({ ...query })}`;

export const trend = (query: { measure: string; category?: string | undefined; region_id?: string | undefined; weeks?: number }) => get<Trend>("/api/figures/trend", query);
export const overdue = (query: { category?: string | undefined; region_id?: string | undefined; limit: number; after?: string | undefined }) => get<Overdue>("/api/figures/overdue", query);

export const registerVersions = (limit: number, after?: string) => get<Page<RegisterVersion>>("/api/register/versions", { limit, after });
export const registerChanges = (query: { state: string; limit: number; after?: string | undefined }) => get<Page<RegisterChange>>("/api/register/changes", query);
export const proposeChange = (body: { unit_id: string; kind: string; reason: string; note?: string }) => write<RegisterChange>("POST", "/api/register/changes", body);
export const decideChanges = (body: { ids: string[]; approve: boolean; note?: string }) => write<{ version: number | null }>("POST", "/api/register/changes/decide", body);
