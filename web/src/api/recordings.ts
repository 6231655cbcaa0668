// Shapes of the recordings desk. Nothing is decided here; the server's document says the same.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type CameraTimeline = Schemas["CameraTimeline"];
export type TimelineGap = Schemas["TimelineGap"];
export type TimelineAlarm = Schemas["TimelineAlarm"];
export type RecordingMark = Schemas["RecordingMark"];
export type LookupGrant = Schemas["LookupGrant"];
export type Lookup = Schemas["Lookup"];
export type RecordingExport = Schemas["RecordingExport"];
export type ExportAlteration = Schemas["ExportAlteration"];
export type HiddenArea = Schemas["HiddenArea"];
export type RecordingDisk = Schemas["RecordingDisk"];
export type RecordingBucket = Schemas["RecordingBucket"];
export type NewRecordingBucket = Schemas["NewRecordingBucket"];
export type RecordingBucketPatch = Schemas["RecordingBucketPatch"];
export type RecordingBucketRule = Schemas["RecordingBucketRule"];
export type RecordingHealth = Schemas["RecordingHealth"];
export type RecordingDay = Schemas["RecordingDay"];
export type Pin = Schemas["Pin"];
export type Deletion = Schemas["Deletion"];
export type NextDeletion = Schemas["NextDeletion"];
export type UnitRetention = Schemas["UnitRetention"];
/** Why somebody looks: a word of the dictionary, and what was said in words. */
export interface Why {
  reason: string;
  note?: string | undefined;
}
