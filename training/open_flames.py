"""Open flames that are held or tended: candle, lighter, match, gas ring. Drawn, or candles cut from training pictures.

They belong to the kind `open_flame`, which is neither fire nor nothing.
"""

import cv2
import numpy as np

import data
from canvas import as_picture, colour, ellipse, glow, polygon, rectangle, skin

OPEN_FLAME = data.CLASSES.index("open_flame")


def tongue(canvas, centre, width, height, lean, blue):
    """One small still flame with its foot at `centre`. Returns its box in pixels."""
    layers = [(1.0, (255, 130, 30), 0.75), (0.78, (255, 190, 70), 0.9), (0.52, (255, 240, 190), 1.0)]
    if blue > 0.5:
        layers = [(1.0, (60, 110, 255), 0.6), (0.6, (140, 190, 255), 0.9)]
    x, y = centre
    t = np.linspace(0, 1, 18)
    half = np.sin(np.pi * t ** 0.6) * (1 - t) ** 0.35
    for share, shade, strength in layers:
        mask = np.zeros(canvas.shape[:2], np.float32)
        ys = y - t * height * share
        middle = x + lean * (t ** 1.5) * height * share
        left, right = middle - half * width * share / 1.2, middle + half * width * share / 1.2
        cv2.fillPoly(mask, [np.int32(np.round(np.concatenate([np.stack([left, ys], 1), np.stack([right, ys], 1)[::-1]]) * 8))],
                     strength, cv2.LINE_AA, shift=3)
        mask = cv2.GaussianBlur(mask, (0, 0), max(0.4, width * 0.06))[..., None]
        canvas[:] = canvas * (1 - mask) + np.float32(shade) * mask
    if blue < 0.5:
        ellipse(canvas, (x, y - height * 0.03), (max(1, width * 0.22), max(1, height * 0.08)), (70, 90, 200))
    tip = x + lean * height
    x0, x1 = min(x - width / 2, tip), max(x + width / 2, tip)
    return [x0, y - height, x1 - x0, height]


def hand(rng, canvas, at, size, side):
    """A fist from one side that holds something at `at`."""
    shade, x, y = skin(rng), *at
    sleeve = colour(rng, 0.3)
    ex, ey = x + side * size * 3, y + size * rng.uniform(0.4, 2.5)
    normal = np.array([ey - y, x - ex]) / (np.hypot(ex - x, ey - y) + 1e-6) * size * 0.45
    polygon(canvas, [(x + side * size * 0.6 + normal[0], y + size * 0.4 + normal[1]), (x + side * size * 0.6 - normal[0], y + size * 0.4 - normal[1]),
                     (ex - normal[0], ey - normal[1]), (ex + normal[0], ey + normal[1])], sleeve if rng.random() < 0.6 else shade * 0.95)
    ellipse(canvas, (x + side * size * 0.45, y + size * 0.35), (size * 0.6, size * 0.5), shade)
    for k in range(4):
        ellipse(canvas, (x + side * size * 0.05, y + size * (0.05 + 0.2 * k)), (size * 0.3, size * 0.12), shade * (0.9 + 0.03 * k), side * 10)
    ellipse(canvas, (x - side * size * 0.02, y - size * 0.05), (size * 0.14, size * 0.32), shade * 1.02, side * 25)


def candle(rng, canvas, at, size):
    x, y = at
    width, height = size * rng.uniform(0.25, 0.8), size * rng.uniform(0.4, 2.2)
    wax = np.array([[240, 232, 215], [200, 40, 40], [235, 200, 120], [245, 245, 245]][rng.integers(4)], np.float32) * rng.uniform(0.5, 1)
    rectangle(canvas, x - width / 2, y, x + width / 2, y + height, wax)
    rectangle(canvas, x - width / 2, y, x - width / 2 + width * 0.3, y + height, wax * 0.8)
    ellipse(canvas, (x, y), (width / 2, width * 0.12), np.minimum(255, wax * 1.15))
    rectangle(canvas, x - 1, y - size * 0.1, x, y, (30, 25, 20))
    return tongue(canvas, (x, y - size * 0.05), size * rng.uniform(0.25, 0.4), size * rng.uniform(0.6, 1.1), rng.normal(0, 0.08), 0)


def lighter(rng, canvas, at, size):
    x, y = at
    side = 1 if rng.random() < 0.5 else -1
    body = colour(rng, 0.5)
    rectangle(canvas, x - size * 0.18, y + size * 0.1, x + size * 0.18, y + size * 1.1, body)
    rectangle(canvas, x - size * 0.16, y, x + size * 0.12, y + size * 0.14, (170, 170, 175))
    hand(rng, canvas, (x, y + size * 0.4), size * rng.uniform(0.8, 1.3), side)
    return tongue(canvas, (x, y), size * rng.uniform(0.2, 0.35), size * rng.uniform(0.5, 1.2), rng.normal(0, 0.15), 0)


def match(rng, canvas, at, size):
    x, y = at
    side = 1 if rng.random() < 0.5 else -1
    end = (x + side * size * rng.uniform(0.7, 1.6), y + size * rng.uniform(0.2, 1.2))
    cv2.line(canvas, (int(x), int(y)), (int(end[0]), int(end[1])), (200.0, 165.0, 110.0), max(1, int(size * 0.07)), cv2.LINE_AA)
    hand(rng, canvas, end, size * rng.uniform(0.6, 1.1), side)
    return tongue(canvas, (x, y + size * 0.05), size * rng.uniform(0.25, 0.5), size * rng.uniform(0.5, 1.0), rng.normal(0, 0.2), 0)


def gas_ring(rng, canvas, at, size):
    x, y = at
    flat = rng.uniform(0.25, 0.7)
    ellipse(canvas, (x, y), (size * 1.3, size * 1.3 * flat), colour(rng, 0.05) * 0.4)
    ellipse(canvas, (x, y), (size * 0.7, size * 0.7 * flat), (40, 40, 44))
    blue = 1 if rng.random() < 0.75 else 0
    boxes = []
    for a in np.sort(rng.uniform(0, 0.2) + np.linspace(0, 2 * np.pi, rng.integers(9, 20), endpoint=False)):
        foot = (x + size * 0.75 * np.cos(a), y + size * 0.75 * flat * np.sin(a))
        boxes.append(tongue(canvas, foot, size * 0.16, size * rng.uniform(0.25, 0.45), 0.3 * np.cos(a), blue))
    if rng.random() < 0.5:  # a pot on top
        pot = colour(rng, 0.1)
        rectangle(canvas, x - size * 0.9, y - size * 1.2, x + size * 0.9, y - size * 0.2 * flat, pot)
        ellipse(canvas, (x, y - size * 0.15 * flat), (size * 0.9, size * 0.9 * flat * 0.4), pot * 0.85)
        boxes = boxes[:len(boxes) // 2 + 1]  # those before the pot stay in sight
        for a in np.linspace(0.15, np.pi - 0.15, 8):
            foot = (x + size * 0.85 * np.cos(a), y + size * 0.75 * flat * np.sin(a))
            boxes.append(tongue(canvas, foot, size * 0.16, size * rng.uniform(0.2, 0.4), 0.3 * np.cos(a), blue))
    b = np.array(boxes)
    x0, y0 = b[:, 0].min(), b[:, 1].min()
    return [x0, y0, (b[:, 0] + b[:, 2]).max() - x0, (b[:, 1] + b[:, 3]).max() - y0]


def as_box(rect, w, h):
    """Pixels to shares, cut at the edges."""
    x0, y0, x1, y1 = max(0, rect[0]), max(0, rect[1]), min(w, rect[0] + rect[2]), min(h, rect[1] + rect[3])
    return [OPEN_FLAME, x0 / w, y0 / h, max(0.0, x1 - x0) / w, max(0.0, y1 - y0) / h]


# Heights of a flame as shares of the picture's: across a room, and held before the camera.
FAR, NEAR = (0.05, 0.3), (0.25, 0.75)


def put_drawn(rng, picture, sizes=FAR):
    """Draws one to three open flames into a picture; returns it with their boxes."""
    h, w = picture.shape[:2]
    canvas = picture.astype(np.float32) * rng.uniform(0.15, 1.0)
    kinds = [candle, lighter, match, gas_ring]
    draw = kinds[rng.choice(4, p=[0.35, 0.3, 0.2, 0.15])]
    boxes = []
    size = np.exp(rng.uniform(*np.log(sizes))) * min(h, w)
    for _ in range(rng.integers(1, 4) if draw is candle else 1):
        at = (rng.uniform(0.1, 0.9) * w, rng.uniform(max(0.3, min(sizes[1], 0.6)), 0.9) * h)
        rect = draw(rng, canvas, at, max(10, size * rng.uniform(0.8, 1.2)))
        glow(canvas, (rect[0] + rect[2] / 2, rect[1] + rect[3] / 2), size * rng.uniform(0.6, 1.6),
             (1.0, 0.6, 0.25) if draw is not gas_ring else (0.3, 0.5, 1.0), rng.uniform(5, 60))
        boxes.append(as_box(rect, w, h))
    return as_picture(canvas), boxes


def put_cut(rng, picture, row, sizes=FAR):
    """Puts the candle or match of a training picture (dark behind) into another picture, by the brighter of both."""
    source = data.read_picture(row).astype(np.float32)
    sh, sw = source.shape[:2]
    boxes = data.boxes_of(row)
    _, bx, by, bw, bh = boxes[rng.integers(len(boxes))]
    x0, x1 = int(max(0, (bx - 2.0 * bw) * sw)), int(min(sw, (bx + 3.0 * bw) * sw))
    y0, y1 = int(max(0, (by - 0.4 * bh) * sh)), int(min(sh, (by + rng.uniform(1.3, 3.2 if sizes == FAR else 1.6) * bh) * sh))
    part = source[y0:y1, x0:x1]
    flame = [bx * sw - x0, by * sh - y0, bw * sw, bh * sh]
    h, w = picture.shape[:2]
    scale = 1.5 * np.exp(rng.uniform(*np.log(sizes))) * h / max(flame[3], 4)
    scale = min(scale, 4.0, (w - 2) / part.shape[1], (h - 2) / part.shape[0])
    part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    ph, pw = part.shape[:2]
    fade = np.ones((ph, pw), np.float32)
    rim = max(2, min(ph, pw) // 8)
    ramp = np.minimum(1, np.minimum(np.arange(pw), np.arange(pw)[::-1]) / rim)
    fade *= ramp[None] * np.minimum(1, np.minimum(np.arange(ph), np.arange(ph)[::-1]) / rim)[:, None]
    x, y = int(rng.uniform(0, w - pw)), int(rng.uniform(0, h - ph))
    canvas = picture.astype(np.float32) * rng.uniform(0.1, 0.8)
    glow(canvas, (x + (flame[0] + flame[2] / 2) * scale, y + (flame[1] + flame[3] / 2) * scale), flame[3] * scale * rng.uniform(1, 3),
         (1.0, 0.6, 0.25), rng.uniform(5, 50))
    under = canvas[y:y + ph, x:x + pw]
    under[:] = np.maximum(under, part * fade[..., None])
    rect = [x + flame[0] * scale, y + flame[1] * scale, flame[2] * scale, flame[3] * scale]
    return as_picture(canvas), [as_box(rect, w, h)]
