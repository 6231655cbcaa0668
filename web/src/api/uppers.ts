// Shapes of the platforms above ours. Nothing is decided here; the server's document says the same.
import type { components } from "./schema";

type Schemas = components["schemas"];

export const SHARES = ["live", "playback", "ptz", "alarms"] as const;
export type Share = (typeof SHARES)[number];
export type Shares = Schemas["Shares"];
export type Upper = Schemas["UpperPlatform"];
export type NewUpper = Schemas["NewUpperPlatform"];
export type UpperPatch = Schemas["UpperPlatformPatch"];
export type SharedCatalogue = Schemas["SharedCatalogue"];
export type CatalogueItem = Schemas["SharedCatalogueItem"];
