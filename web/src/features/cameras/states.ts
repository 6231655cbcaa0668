// The states a camera can be in, for filters; their words are in the locales under `cameraState`.
export const CAMERA_STATES = ["online", "connecting", "resting", "unauthorised", "unreachable", "silent", "unsupported_codec", "no_video", "disabled"] as const;
