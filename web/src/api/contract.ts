// Shapes of the figures and bulletin routes. Nothing is decided here; the server's document says the same.
import type { components } from "./schema";

type Schemas = components["schemas"];

export const MEASURES = ["connection", "duty", "not_connected", "effective_duty", "unattended"] as const;
export type Measure = (typeof MEASURES)[number];

export type SnapshotRow = Schemas["Snapshot"];
export type FigureCellView = Schemas["Cell"];
export type PlaceCell = Schemas["CityCell"];
export type FigureTableRow = Schemas["FigureRow"];
export type FigureTableView = Schemas["Figures"];
export type FrozenUnit = Schemas["FrozenUnitRow"];

/** Which units behind a figure. */
export interface UnitsQuery {
  measure?: string | undefined;
  category?: string | undefined;
  region_id?: string | undefined;
  outside_cities?: boolean | undefined;
  ownership?: string | undefined;
  study_level?: string | undefined;
  /** Without the units that this measure counts as well. */
  minus?: string | undefined;
  value?: "in" | "out" | "all" | undefined;
}

export type ThreeCounts = Schemas["ThreeCounts"];
export type ComparedRow = Schemas["ComparisonRow"];
export type ComparedUnit = Schemas["UnitDifference"];
export const CHANGES = ["added", "removed", "connected", "disconnected", "duty_gained", "duty_lost", "moved", "renamed"] as const;
export type Change = (typeof CHANGES)[number];

export type TrendPoint = Schemas["TrendPoint"];
export type Forecast = Schemas["Forecast"];
export type Milestone = Schemas["Milestone"];
export type OverdueUnit = Schemas["OverdueUnit"];

export type RegisterVersion = Schemas["RegisterVersion"];
export const CHANGE_REASONS = ["new", "merged", "closed", "correction", "out_of_scope"] as const;
export type RegisterChange = Schemas["RegisterChange"];

export const BULLETIN_STATES = ["draft", "consulting", "approved", "published", "withdrawn"] as const;
export type BulletinListRow = Schemas["BulletinRow"];
export type BulletinFigure = Schemas["BulletinFigure"];
export type Finding = Schemas["Finding"];
export type Objection = Schemas["Objection"];
export type BulletinView = Schemas["Bulletin"];
export type AnnexField = Schemas["AnnexField"];
export type InboxEntry = Schemas["InboxEntry"];
export type BulletinSettings = Record<string, unknown>;

export interface LintReport {
  findings: Finding[];
  unread: { line: number; text: string; reason?: string }[];
  read: Record<string, unknown>;
  lines: string[];
}

export type SignatureView = Schemas["SignatureCheck"];
export type VerifiedBulletin = Schemas["VerifiedBulletin"];
export type Difference = Schemas["DifferenceView"];
export type Verdict = Schemas["CopyVerdict"];
