"""What drawn pictures are made of: smooth noise, light, colours and flat shapes on an array of floats.

Nothing here knows what a scene means; `scenes.py`, `plumes.py` and `open_flames.py` put it together.
"""

import cv2
import numpy as np

WARM = [(255, 140, 40), (240, 90, 30), (220, 50, 40), (255, 190, 90), (255, 220, 120), (200, 30, 30), (250, 120, 0)]
SKIN = [(235, 190, 160), (205, 160, 130), (170, 120, 90), (120, 80, 60)]
# A light is drawn this many radii out; beyond it adds less than 0.02 %.
GLOW_REACH = 3.0


def noise(rng, h, w, octaves=4, base=3):
    """Smooth noise in 0..1, the sum of ever finer random grids."""
    total, out = 0.0, np.zeros((h, w), np.float32)
    for o in range(octaves):
        n = base * 2**o
        grid = rng.random((max(2, n * h // max(w, 1) + 2), n + 2)).astype(np.float32)
        out += cv2.resize(grid, (w, h), interpolation=cv2.INTER_CUBIC) / 2**o
        total += 1 / 2**o
    return np.clip(out / total, 0, 1)


def warped_noise(rng, h, w, octaves=5, base=4, strength=0.12):
    """Noise bent by other noise: curls instead of blots."""
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    bend = strength * max(h, w)
    dx, dy = ((noise(rng, h, w, 3, base) - 0.5) * 2 * bend for _ in range(2))
    return cv2.remap(noise(rng, h, w, octaves, base), x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def glow(canvas, centre, radius, colour, strength):
    h, w = canvas.shape[:2]
    radius = max(radius, 1)
    reach = GLOW_REACH * radius
    x0, x1 = int(max(0, centre[0] - reach)), int(min(w, centre[0] + reach + 1))
    y0, y1 = int(max(0, centre[1] - reach)), int(min(h, centre[1] + reach + 1))
    if x0 >= x1 or y0 >= y1:
        return
    y, x = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    d = ((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / radius ** 2
    canvas[y0:y1, x0:x1] += strength * np.exp(-d)[..., None] * np.asarray(colour, np.float32)


def colour(rng, warm=0.3):
    if rng.random() < warm:
        return np.array(WARM[rng.integers(len(WARM))], np.float32) * rng.uniform(0.5, 1.0)
    grey = rng.uniform(40, 235)
    return np.clip(grey + rng.normal(0, 18, 3), 0, 255).astype(np.float32)


def skin(rng):
    return np.array(SKIN[rng.integers(len(SKIN))], np.float32) * rng.uniform(0.8, 1.1)


def polygon(canvas, points, shade):
    cv2.fillPoly(canvas, [np.asarray(points, np.int32)], [float(c) for c in shade], cv2.LINE_AA)


def rectangle(canvas, x0, y0, x1, y1, shade):
    cv2.rectangle(canvas, (int(x0), int(y0)), (int(x1), int(y1)), [float(c) for c in shade], -1)


def ellipse(canvas, centre, axes, shade, angle=0.0):
    cv2.ellipse(canvas, (int(centre[0]), int(centre[1])), (max(1, int(axes[0])), max(1, int(axes[1]))), angle, 0, 360,
                [float(c) for c in shade], -1, cv2.LINE_AA)


def as_picture(canvas):
    return np.clip(canvas, 0, 255).astype(np.uint8)
