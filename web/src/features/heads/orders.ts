// Orders to heads: those of channels of devices, and those of cameras that are asked themselves. A stop reaches the server also while the page closes.
import { api, unwrap } from "@/api/client";
import type { ChannelOrder } from "@/api/devices";
import type { CameraOrder } from "@/api/types";
import type { HeadMove, SendMove } from "./turning";

export async function sendOrder(channel_id: string, order: ChannelOrder): Promise<void> {
  await unwrap(api.POST("/api/channels/{id}/orders", { params: { path: { id: channel_id } }, body: order, keepalive: order.order === "stop" }));
}

export async function sendCameraOrder(camera_id: string, order: CameraOrder): Promise<void> {
  await unwrap(api.POST("/api/cameras/{id}/orders", { params: { path: { id: camera_id } }, body: order, keepalive: order.order === "stop" }));
}

export const channelMoves = (channel_id: string): SendMove => (move) => sendOrder(channel_id, move);

/** A camera that is asked itself has no orders for its lens but zoom. */
export const cameraMoves = (camera_id: string): SendMove => (move) => sendCameraOrder(camera_id, withoutLens(move));

function withoutLens(move: HeadMove): CameraOrder {
  if (move.order === "stop") return { order: "stop" };
  const { pan = 0, tilt = 0, zoom = 0 } = move;
  return { order: "move", pan, tilt, zoom };
}
