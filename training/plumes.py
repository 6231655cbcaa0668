"""Flames and smoke put into pictures, with the boxes that go with them.

Flames are either drawn, or cut by brightness from a labelled box of a training picture that may be used. Smoke
is always drawn, in the shapes it takes before a camera: a column, a wisp, a layer under the ceiling, a bank that fills one side.
"""

import cv2
import numpy as np

import data
from canvas import as_picture, glow, noise, warped_noise

FIRE, SMOKE = data.CLASSES.index("fire"), data.CLASSES.index("smoke")
# What a pixel must have for the box of smoke: opacity, and a change in grey levels that an eye can see. And the least
# share of the picture that must have it.
SMOKE_SEEN, SMOKE_LEVELS, LEAST_SMOKE = 0.14, 9, 0.008


def drawn_flame(rng, w, h):
    """Colour and opacity of a flame: noise torn upwards, white-yellow inside, red at the rim."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    u, v = (x / w - 0.5) * 2, 1 - y / h
    sway = (noise(rng, h, w, 3, 2) - 0.5) * rng.uniform(0.4, 1.6) * v
    body = 1 - np.abs(u + sway) / (0.85 * (1 - v) ** rng.uniform(0.4, 0.9) + 0.06)
    heat = body + (noise(rng, h, w, 5, rng.integers(3, 7)) - 0.5) * rng.uniform(0.9, 1.8) - 0.5 * v**2
    heat = np.clip(heat, 0, 1.2)
    stops = np.array([0.0, 0.25, 0.6, 1.0, 1.2])
    ramp = np.array([(90, 10, 0), (225, 60, 5), (255, 150, 20), (255, 225, 110), (255, 252, 225)], np.float32)
    shade = np.stack([np.interp(heat, stops, ramp[:, i]) for i in range(3)], -1)
    alpha = np.clip((heat - 0.08) * 4, 0, 1) * np.clip(v * 12, 0, 1)
    return shade.astype(np.float32), alpha.astype(np.float32)


def cut_flame(rng, row):
    """A flame cut from a labelled box: what is bright and not blue stays. None where that is nothing or all."""
    picture = data.read_picture(row)
    boxes = [b for b in data.boxes_of(row) if b[0] == FIRE]
    _, x, y, bw, bh = boxes[rng.integers(len(boxes))]
    h, w = picture.shape[:2]
    part = picture[int(y * h):int((y + bh) * h) + 1, int(x * w):int((x + bw) * w) + 1].astype(np.float32)
    if min(part.shape[:2]) < 12:
        return None
    warm = part[..., 0] - 0.6 * part[..., 2]
    alpha = np.clip((part[..., 0] - 150) / 60, 0, 1) * np.clip((warm - 30) / 50, 0, 1)
    alpha = np.maximum(alpha, np.clip((part.min(-1) - 225) / 20, 0, 1))
    share = (alpha > 0.5).mean()
    return (part, cv2.GaussianBlur(alpha, (0, 0), 0.8)) if 0.12 < share < 0.8 else None


def put_flame(rng, picture, source=None):
    """`source` is a labelled picture to cut the flame from. Returns the picture and the box, None where little is seen."""
    h, w = picture.shape[:2]
    canvas = picture.astype(np.float32)
    cut = cut_flame(rng, source) if source else None
    size = np.exp(rng.uniform(np.log(0.05), np.log(0.5))) * min(h, w)
    fh, fw = int(size * rng.uniform(0.9, 1.8)) + 8, int(size) + 8
    if cut:
        ratio = size / max(cut[0].shape[:2])
        fw, fh = max(8, int(cut[0].shape[1] * ratio)), max(8, int(cut[0].shape[0] * ratio))
        shade, alpha = cv2.resize(cut[0], (fw, fh), interpolation=cv2.INTER_AREA), cv2.resize(cut[1], (fw, fh), interpolation=cv2.INTER_AREA)
    else:
        shade, alpha = drawn_flame(rng, fw, fh)
    x, y = int(rng.uniform(0, max(1, w - fw))), int(rng.uniform(0.25, 1.0) * max(1, h - fh))
    fw, fh = min(fw, w - x), min(fh, h - y)
    shade, alpha = shade[:fh, :fw], alpha[:fh, :fw]
    canvas *= rng.uniform(0.5, 1.0)
    glow(canvas, (x + fw / 2, y + fh * 0.7), size * rng.uniform(1.0, 2.5), (1.0, 0.55, 0.2), rng.uniform(10, 90))
    part = canvas[y:y + fh, x:x + fw]
    part[:] = part * (1 - alpha[..., None]) + shade * alpha[..., None]
    rows, columns = np.where(alpha > 0.3)
    if len(rows) < 20:
        return as_picture(canvas), None
    x0, x1, y0, y1 = x + columns.min(), x + columns.max(), y + rows.min(), y + rows.max()
    return as_picture(canvas), [FIRE, x0 / w, y0 / h, (x1 - x0) / w, (y1 - y0) / h]


# ---------------------------------------------------------------------------- smoke


def column(rng, x, y, foot, width):
    """Narrow below, wide above, drifting: opacity without texture. All lengths are shares of the picture."""
    h, w = x.shape
    v = np.clip(foot[1] - y, 0, 1)
    drift = rng.normal(0, 0.5) * v + (noise(rng, h, w, 3, 3) - 0.5) * (0.05 + v)
    spread = width[0] + width[1] * v
    return np.exp(-(((x - foot[0] - drift) / spread) ** 2)) * np.clip(v * 20, 0, 1) * np.exp(-v * rng.uniform(0.0, 2.0))


def layer(rng, x, y):
    """Hot smoke under the ceiling."""
    h, w = x.shape
    edge = rng.uniform(0.15, 0.6) + (noise(rng, h, w, 3, 2) - 0.5) * 0.3 + rng.normal(0, 0.15) * (x - 0.5)
    return np.clip((edge - y) / rng.uniform(0.08, 0.3), 0, 1)


def bank(rng, x, y):
    """Smoke that comes in from one side or fills the lower part of a room, as security fog does."""
    h, w = x.shape
    angle = rng.uniform(0, 2 * np.pi)
    along = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle) + (noise(rng, h, w, 3, 3) - 0.5) * 0.5
    return np.clip((along - rng.uniform(-0.35, 0.3)) / rng.uniform(0.08, 0.4), 0, 1)


def put_smoke(rng, picture, near=None):
    """Returns the picture and the box, None where little is seen. `near` is the box of a flame it rises from."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = x / w, y / h
    foot = (near[1] + near[3] / 2, near[2] + near[4] * 0.3) if near else (rng.uniform(0.05, 0.95), rng.uniform(0.35, 1.0))
    what = rng.random()
    if near or what < 0.45:
        body, most = column(rng, x, y, foot, (rng.uniform(0.01, 0.05), rng.uniform(0.15, 0.7))), rng.uniform(0.35, 0.97)
    elif what < 0.65:
        body, most = column(rng, x, y, foot, (rng.uniform(0.008, 0.03), rng.uniform(0.03, 0.2))), rng.uniform(0.25, 0.7)
    elif what < 0.8:
        body, most = layer(rng, x, y), rng.uniform(0.3, 0.95)
    else:
        body, most = bank(rng, x, y), rng.uniform(0.4, 0.99)
    texture = warped_noise(rng, h, w, 5, int(rng.integers(3, 7)), rng.uniform(0.05, 0.2))
    contrast = rng.uniform(0.8, 2.4)
    alpha = body * np.clip((texture - 0.5) * contrast + rng.uniform(0.45, 0.8), 0, 1)
    alpha = np.clip(alpha * rng.uniform(0.8, 1.4), 0, 1) * most
    if rng.random() < 0.5:
        alpha = cv2.GaussianBlur(alpha, (0, 0), rng.uniform(0.5, 3))
    # Smoke is lit by the scene: seldom brighter than its brightest parts, seldom darker than its dark ones.
    light = float(np.percentile(picture, 90))
    grey = rng.uniform(0.15, 0.55) * light if rng.random() < 0.35 else rng.uniform(0.55, 1.0) * max(light, 60)
    tint = 1 + rng.normal(0, 0.03, 3).astype(np.float32)
    shade = (grey + (warped_noise(rng, h, w, 4, 5, 0.1)[..., None] - 0.5) * rng.uniform(10, 70)) * tint
    before = picture
    picture = as_picture(picture * (1 - alpha[..., None]) + shade * alpha[..., None])
    change = cv2.blur(np.abs(picture.mean(-1) - before.mean(-1)), (7, 7))
    rows, columns = np.where((alpha > SMOKE_SEEN) & (change > SMOKE_LEVELS))
    if len(rows) < LEAST_SMOKE * h * w:
        return picture, None
    x0, x1 = (np.percentile(columns, q) / w for q in (2, 98))
    y0, y1 = (np.percentile(rows, q) / h for q in (2, 98))
    return picture, [SMOKE, x0, y0, x1 - x0, y1 - y0]
