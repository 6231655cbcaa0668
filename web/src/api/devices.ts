// Shapes of the devices desk. Nothing is decided here; the server's document says the same.
import type { components } from "./schema";

type Schemas = components["schemas"];

export const DEVICE_STATES = ["online", "offline", "unauthorised", "never_seen", "disabled"] as const;
export type Device = Schemas["Device"];
export type Habits = Schemas["DeviceHabits"];
export type DeviceWithSecret = Schemas["DeviceWithSecret"];
export type AccessStanding = Schemas["AccessStanding"];
export type WaitingDevice = Schemas["WaitingDevice"];
export type Channel = Schemas["Channel"];
export type ChannelOrder = Schemas["ChannelOrder"];
export type DeviceOrder = Schemas["DeviceOrder"];
export type Preset = Schemas["Preset"];
export type DeviceParameters = Schemas["DeviceParameters"];
export type MemoryCard = Schemas["MemoryCard"];
export type Recording = Schemas["Recording"];
export type Diagnosis = Schemas["Diagnosis"];
export type DiagnosisStep = Schemas["DiagnosisStep"];
export type TraceLine = Schemas["TraceLine"];
export type DeviceNotice = Schemas["DeviceNotice"];
export type DeviceImport = Schemas["DeviceImport"];
