// Snapshots, figures, progress and the register of units that should connect.
import { queryText } from "./address";
import { api, unwrap } from "./client";
import type { UnitsQuery } from "./contract";

export const snapshotsPage = (limit: number, after?: string) => unwrap(api.GET("/api/snapshots", { params: { query: { limit, after } } }));
export const takeSnapshot = (body: { as_of?: string; note?: string }) => unwrap(api.POST("/api/snapshots", { body }));

interface Pair {
  from: string;
  to: string;
}
interface DifferencesQuery {
  change: string;
  category?: string | undefined;
  region_id?: string | undefined;
}
export const compareSnapshots = (path: Pair) => unwrap(api.GET("/api/snapshots/{from}/compare/{to}", { params: { path } }));
export const comparedUnits = (path: Pair, query: DifferencesQuery & { limit: number; after?: string | undefined }) => unwrap(api.GET("/api/snapshots/{from}/compare/{to}/units", { params: { path, query } }));
export const comparedSheet = ({ from, to }: Pair, kind: "csv" | "xlsx", query: DifferencesQuery) => `/api/snapshots/${from}/compare/${to}/units.${kind}${queryText({ ...query })}`;

export interface TableQuery {
  measure: string;
  by?: "city" | "county" | undefined;
  region_id?: string | undefined;
  since?: string | undefined;
}
export const figureTable = (id: string, query: TableQuery) => unwrap(api.GET("/api/snapshots/{id}/figures", { params: { path: { id }, query } }));
export const figureSheet = (id: string, query: TableQuery) => `/api/snapshots/${id}/figures.xlsx${queryText({ ...query })}`;
export const unitsBehind = (id: string, query: UnitsQuery & { limit: number; after?: string | undefined }) => unwrap(api.GET("/api/snapshots/{id}/units", { params: { path: { id }, query } }));
export const unitsSheet = (id: string, kind: "csv" | "xlsx", query: UnitsQuery) => `/api/snapshots/${id}/units.${kind}${queryText({ ...query })}`;

export interface TrendQuery {
  measure: string;
  category?: string | undefined;
  region_id?: string | undefined;
  weeks?: number;
}
export const trend = (query: TrendQuery) => unwrap(api.GET("/api/figures/trend", { params: { query } }));
export const trendSheet = (kind: "csv" | "xlsx", query: TrendQuery) => `/api/figures/trend.${kind}${queryText({ ...query })}`;

interface OverdueQuery {
  category?: string | undefined;
  region_id?: string | undefined;
}
export const overdue = (query: OverdueQuery & { limit: number; after?: string | undefined }) => unwrap(api.GET("/api/figures/overdue", { params: { query } }));
export const overdueSheet = (kind: "csv" | "xlsx", query: OverdueQuery) => `/api/figures/overdue.${kind}${queryText({ ...query })}`;

export const registerVersions = (limit: number, after?: string) => unwrap(api.GET("/api/register/versions", { params: { query: { limit, after } } }));
export const registerChanges = (query: { state: string; limit: number; after?: string | undefined }) => unwrap(api.GET("/api/register/changes", { params: { query } }));
export const proposeChange = (body: { unit_id: string; kind: string; reason: string; note?: string }) => unwrap(api.POST("/api/register/changes", { body }));
export const decideChanges = (body: { ids: string[]; approve: boolean; note?: string }) => unwrap(api.POST("/api/register/changes/decide", { body }));
