// What the push says about devices: their lists are read again, at most so often. A power cut changes thousands of them at once.
import { queries } from "@/app/session";

const REST_MS = 1_500;

function calmly(act: () => void): () => void {
  let timer: number | undefined;
  return () => {
    timer ??= window.setTimeout(() => {
      timer = undefined;
      act();
    }, REST_MS);
  };
}

export const noteDevices = calmly(() => {
  for (const key of ["devices", "device", "access", "channels", "diagnosis"]) void queries.invalidateQueries({ queryKey: [key] });
});
export const noteDeviceNotices = calmly(() => void queries.invalidateQueries({ queryKey: ["device-notices"] }));
