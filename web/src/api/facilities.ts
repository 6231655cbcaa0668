// Shapes of fire facilities. Nothing is decided here; the server's document says the same.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Transmitter = Schemas["Transmitter"];
export type Component = Schemas["Component"];
export type FacilityEvent = Schemas["FacilityEvent"];
export type RollCall = Schemas["RollCall"];
export type Knock = Schemas["TransmitterKnock"];
export type Standing = Schemas["TransmitterStanding"];
export type AlarmSource = Schemas["AlarmSource"];
