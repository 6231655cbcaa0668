"""Drawn pictures: quiet rooms full of things that look like fire, and flames and smoke put into pictures.

Hard negatives cost more than positives (see the model card), and the pictures that may train shipped weights
hold few rooms and no lamps, sunsets, signs or orange walls. These scenes are drawn from random numbers only.
Flames are either drawn, or cut by brightness from a labelled box of a training picture that may be used.
"""

import re
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import data

SIMULATOR = Path(__file__).parent / "work" / "simulator"
# Scenes of the simulator are held apart by their seed: these train, all others test.
TRAINING_SEEDS = range(201, 206)
SIMULATOR_FPS, FIRE_FROM_S, FIRE_SURE_S = 10, 8.0, 10.0

QUIET_SCENES, PLUMES_ON_SCENES, PLUMES_ON_PICTURES = 1500, 900, 700
WARM = [(255, 140, 40), (240, 90, 30), (220, 50, 40), (255, 190, 90), (255, 220, 120), (200, 30, 30), (250, 120, 0)]


# ---------------------------------------------------------------------------- noise and light


def noise(rng, h, w, octaves=4, base=3):
    """Smooth noise in 0..1, the sum of ever finer random grids."""
    total, out = 0.0, np.zeros((h, w), np.float32)
    for o in range(octaves):
        n = base * 2**o
        grid = rng.random((max(2, n * h // max(w, 1) + 2), n + 2)).astype(np.float32)
        out += cv2.resize(grid, (w, h), interpolation=cv2.INTER_CUBIC) / 2**o
        total += 1 / 2**o
    return np.clip(out / total, 0, 1)


def glow(canvas, centre, radius, colour, strength):
    h, w = canvas.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    d = ((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / max(radius, 1) ** 2
    canvas += strength * np.exp(-d)[..., None] * np.asarray(colour, np.float32)


def colour(rng, warm=0.3):
    if rng.random() < warm:
        return np.array(WARM[rng.integers(len(WARM))], np.float32) * rng.uniform(0.5, 1.0)
    grey = rng.uniform(40, 235)
    return np.clip(grey + rng.normal(0, 18, 3), 0, 255).astype(np.float32)


def polygon(canvas, points, shade):
    cv2.fillPoly(canvas, [np.asarray(points, np.int32)], [float(c) for c in shade], cv2.LINE_AA)


def rectangle(canvas, x0, y0, x1, y1, shade):
    cv2.rectangle(canvas, (int(x0), int(y0)), (int(x1), int(y1)), [float(c) for c in shade], -1)


# ---------------------------------------------------------------------------- quiet scenes


def room(rng, w, h):
    """A room or corridor in one-point perspective."""
    canvas = np.zeros((h, w, 3), np.float32)
    vx, vy = w * rng.uniform(0.3, 0.7), h * rng.uniform(0.25, 0.55)
    depth = rng.uniform(0.12, 0.6)
    x0, x1 = vx - vx * depth, vx + (w - vx) * depth
    y0, y1 = vy - vy * depth, vy + (h - vy) * depth
    wall, floor, ceiling = colour(rng, 0.3), colour(rng, 0.2), colour(rng, 0.1) * 0.5 + 110
    polygon(canvas, [(0, 0), (w, 0), (x1, y0), (x0, y0)], ceiling)
    polygon(canvas, [(0, h), (w, h), (x1, y1), (x0, y1)], floor)
    polygon(canvas, [(0, 0), (x0, y0), (x0, y1), (0, h)], wall * 0.85)
    polygon(canvas, [(w, 0), (x1, y0), (x1, y1), (w, h)], wall * 0.95)
    rectangle(canvas, x0, y0, x1, y1, wall)
    for k in range(rng.integers(0, 6)):
        t = rng.uniform(0.05, 0.9)
        side = rng.random() < 0.5
        near, far = t, min(1.0, t + rng.uniform(0.05, 0.2))
        xs = [(x0 * s if side else w - (w - x1) * s) for s in (near, far)]
        tops = [y0 * s + (y1 - y0) * 0.25 * s for s in (near, far)]
        ends = [h - (h - y1) * s for s in (near, far)]
        polygon(canvas, [(xs[0], tops[0]), (xs[1], tops[1]), (xs[1], ends[1]), (xs[0], ends[0])], colour(rng, 0.4))
    for k in range(rng.integers(0, 5)):
        t = (k + 0.5) / 5
        lx, ly = vx * t + w * 0.5 * (1 - t), y0 * t * 0.9 + 2
        size = (1 - t) * w * 0.1 + 4
        lamp = np.array([255, 250, rng.uniform(170, 255)])
        rectangle(canvas, lx - size, ly, lx + size, ly + size * 0.25, lamp)
        glow(canvas, (lx, ly), size * 2, lamp / 255, rng.uniform(10, 60))
    return canvas


def outdoors(rng, w, h):
    """Sky from noon to sunset over dark shapes; at night street lamps."""
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    top = np.array([[90, 140, 220], [40, 40, 90], [200, 120, 90], [10, 10, 25]][rng.integers(4)], np.float32)
    low = colour(rng, 0.8)
    canvas = np.broadcast_to(top * (1 - y) + low * y, (h, w, 3)).copy()
    canvas += (noise(rng, h, w)[..., None] - 0.5) * rng.uniform(0, 90)
    horizon = h * rng.uniform(0.45, 0.85)
    if rng.random() < 0.5:
        glow(canvas, (rng.uniform(0, w), horizon), rng.uniform(0.05, 0.35) * w, (255, 170, 60), rng.uniform(80, 260))
    ground = colour(rng, 0.1) * rng.uniform(0.1, 0.8)
    rectangle(canvas, 0, horizon, w, h, ground)
    for _ in range(rng.integers(0, 7)):
        bx, bw, bh = rng.uniform(0, w), rng.uniform(0.05, 0.25) * w, rng.uniform(0.05, 0.5) * h
        shade = colour(rng, 0.3) * rng.uniform(0.1, 0.9)
        rectangle(canvas, bx, horizon - bh, bx + bw, horizon, shade)
        for _ in range(rng.integers(0, 8)):
            px, py = bx + rng.uniform(0, 0.9) * bw, horizon - rng.uniform(0.1, 0.95) * bh
            rectangle(canvas, px, py, px + bw * 0.08, py + bh * 0.06, (255, 220, 140))
    for _ in range(rng.integers(0, 6)):
        point = (rng.uniform(0, w), horizon + rng.uniform(-0.3, 0.3) * h)
        glow(canvas, point, rng.uniform(0.005, 0.04) * w, (255, rng.uniform(130, 240), rng.uniform(30, 200)), rng.uniform(150, 400))
    return canvas


def clutter(rng, canvas):
    """Furniture, cloth, signs, screens, lamps and people-like shapes, many of them warm in colour."""
    h, w = canvas.shape[:2]
    for _ in range(rng.integers(2, 12)):
        x, y, size = rng.uniform(0, w), rng.uniform(0.2, 1.0) * h, rng.uniform(0.03, 0.2) * w
        shade, what = colour(rng, 0.6), rng.integers(8)
        if what == 0:
            rectangle(canvas, x, y - size * 0.5, x + size, y + size * 0.4, shade)
        elif what == 1:
            polygon(canvas, rng.uniform(-1, 1, (rng.integers(4, 9), 2)) * size * 0.6 + (x, y), shade)
        elif what == 2:
            rectangle(canvas, x, y - size * 0.5, x + size, y, shade)
            letters = np.zeros((h, w), np.uint8)
            cv2.putText(letters, "".join(rng.choice(list("EXITA1283STOP"), 4)), (int(x), int(y)),
                        cv2.FONT_HERSHEY_DUPLEX, max(0.3, size / 90), 255, 2)
            canvas[letters > 0] = 245
        elif what == 3:
            glow(canvas, (x, y), size * rng.uniform(0.1, 0.9), WARM[rng.integers(len(WARM))], rng.uniform(0.3, 1.6))
        elif what == 4:
            cv2.ellipse(canvas, (int(x), int(y)), (int(size * 0.25), int(size * 0.6)), 0, 0, 360, [float(c) for c in shade], -1)
            cv2.circle(canvas, (int(x), int(y - size * 0.75)), int(size * 0.18), (205.0, 160.0, 130.0), -1)
        elif what == 5:
            rectangle(canvas, x, y - size * 0.4, x + size * 0.12, y, (200, 30, 30))
        elif what == 6:
            flat = np.clip(noise(rng, int(size) + 4, int(size) + 4) * 2 - 0.5, 0, 1)[..., None]
            part = canvas[int(y - size):int(y - size) + flat.shape[0], int(x):int(x) + flat.shape[1]]
            part[:] = part * 0.3 + shade * flat[:part.shape[0], :part.shape[1]] if y > size else part
        else:
            rectangle(canvas, x, y - size * 0.5, x + size, y, (30, 30, 35))
            rectangle(canvas, x + 3, y - size * 0.5 + 3, x + size - 3, y - 3, colour(rng, 0.5))
    return canvas


def quiet(rng):
    w, h = [(640, 360), (704, 576), (480, 480), (640, 480)][rng.integers(4)]
    canvas = room(rng, w, h) if rng.random() < 0.7 else outdoors(rng, w, h)
    canvas = clutter(rng, canvas)
    canvas *= rng.uniform(0.4, 1.1)
    canvas += (noise(rng, h, w, 3, 2)[..., None] - 0.5) * rng.uniform(0, 60)
    return np.clip(canvas, 0, 255).astype(np.uint8)


# ---------------------------------------------------------------------------- plumes


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


def cut_flame(rng, sources):
    """A flame cut from a labelled box: what is bright and not blue stays."""
    row = sources[rng.integers(len(sources))]
    picture = data.read_picture(row)
    boxes = [b for b in data.boxes_of(row) if b[0] == 0]
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


def put_flame(rng, picture, sources):
    h, w = picture.shape[:2]
    canvas = picture.astype(np.float32)
    cut = cut_flame(rng, sources) if sources and rng.random() < 0.55 else None
    size = rng.uniform(0.06, 0.35) ** 1.0 * min(h, w)
    fh, fw = int(size * rng.uniform(0.9, 1.8)) + 8, int(size) + 8
    shade, alpha = cut or drawn_flame(rng, fw, fh)
    if cut:
        ratio = size / max(shade.shape[:2])
        fw, fh = max(8, int(shade.shape[1] * ratio)), max(8, int(shade.shape[0] * ratio))
        shade, alpha = cv2.resize(shade, (fw, fh)), cv2.resize(alpha, (fw, fh))
    x, y = int(rng.uniform(0, max(1, w - fw))), int(rng.uniform(0.25, 1.0) * max(1, h - fh))
    fw, fh = min(fw, w - x), min(fh, h - y)
    shade, alpha = shade[:fh, :fw], alpha[:fh, :fw]
    canvas *= rng.uniform(0.5, 1.0)
    glow(canvas, (x + fw / 2, y + fh * 0.7), size * rng.uniform(1.0, 2.5), (1.0, 0.55, 0.2), rng.uniform(10, 90))
    part = canvas[y:y + fh, x:x + fw]
    part[:] = part * (1 - alpha[..., None]) + shade * alpha[..., None]
    rows, columns = np.where(alpha > 0.3)
    if len(rows) < 20:
        return np.clip(canvas, 0, 255).astype(np.uint8), None
    x0, x1, y0, y1 = x + columns.min(), x + columns.max(), y + rows.min(), y + rows.max()
    return np.clip(canvas, 0, 255).astype(np.uint8), [0, x0 / w, y0 / h, (x1 - x0) / w, (y1 - y0) / h]


def put_smoke(rng, picture, near=None):
    """A grey plume: narrow and dense below, wide and thin above, or a haze under the ceiling."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    foot = (near[1] + near[3] / 2, near[2] + near[4] * 0.3) if near else (rng.uniform(0.1, 0.9), rng.uniform(0.4, 1.0))
    v = np.clip(foot[1] - y / h, 0, 1)
    drift = rng.normal(0, 0.5) * v + (noise(rng, h, w, 3, 3) - 0.5) * v
    spread = 0.02 + rng.uniform(0.15, 0.7) * v
    column = np.exp(-(((x / w - foot[0] - drift) / spread) ** 2)) * (v > 0)
    alpha = column * np.clip(noise(rng, h, w, 5, 5) * 2.2 - 0.5, 0, 1) * np.exp(-v * rng.uniform(0.0, 2.0))
    alpha = np.clip(alpha * rng.uniform(0.7, 1.5), 0, rng.uniform(0.6, 0.97))[..., None]
    shade = np.float32(rng.uniform(60, 215)) + (noise(rng, h, w, 4, 6)[..., None] - 0.5) * 60
    canvas = picture * (1 - alpha) + shade * alpha
    rows, columns = np.where(alpha[..., 0] > 0.3)
    if len(rows) < 0.004 * h * w:
        return np.clip(canvas, 0, 255).astype(np.uint8), None
    box = [np.percentile(columns, 2) / w, np.percentile(rows, 2) / h, np.percentile(columns, 98) / w, np.percentile(rows, 98) / h]
    return np.clip(canvas, 0, 255).astype(np.uint8), [1, box[0], box[1], box[2] - box[0], box[3] - box[1]]


def burning(rng, picture, sources):
    """Puts flame, smoke or both into a quiet picture."""
    what, boxes = rng.random(), []
    fire = smoke = False
    if what < 0.7:
        picture, box = put_flame(rng, picture, sources)
        boxes, fire = ([box], True) if box else ([], None)
    if what > 0.5:
        picture, box = put_smoke(rng, picture, boxes[0] if boxes else None)
        boxes, smoke = (boxes + [box], True) if box else (boxes, None)
    return picture, boxes, fire, smoke


# ---------------------------------------------------------------------------- parts


def row(kind, i, fire, smoke, boxes):
    return {"source": f"synthetic:{kind}", "group": f"{kind}:{i}", "image": f"{kind}#{i}", "fire": fire, "smoke": smoke, "boxes": boxes}


def pictures(rows, seed):
    """All drawn and pasted pictures as (picture, shape, labels)."""
    flames = [r for r in rows if r["fire"] and r["boxes"] and r["smoke"] is not True]
    quiet_rows = [r for r in rows if r["fire"] is False and r["smoke"] is False]
    cctv = [r for r in quiet_rows if "cctv" in r["source"]]
    for i in range(QUIET_SCENES):
        rng = np.random.default_rng([seed, 1, i])
        picture, _, shape = data.vary(rng, quiet(rng), [])
        yield picture, shape, row("quiet", i, False, False, [])
    for i in range(PLUMES_ON_SCENES + PLUMES_ON_PICTURES):
        rng = np.random.default_rng([seed, 2, i])
        if i < PLUMES_ON_SCENES:
            base, kind = quiet(rng), "plume-on-scene"
        else:
            pool = cctv if rng.random() < 0.4 else quiet_rows
            base, kind = data.read_picture(pool[rng.integers(len(pool))]), "plume-on-picture"
        picture, boxes, fire, smoke = burning(rng, base, flames)
        picture, boxes, shape = data.vary(rng, picture, boxes)
        yield picture, shape, row(kind, i, fire, smoke, boxes)


def simulator_row(path):
    """Scene, seed and labels of a picture drawn by the product's simulator; its files are SCENE-SEED-NUMBER.png."""
    scene, seed, number = re.fullmatch(r"(.+)-(\d+)-(\d+)", path.stem).groups()
    seconds = int(number) / SIMULATOR_FPS
    burns = scene == "corridor-fire" and seconds >= FIRE_FROM_S
    fire = (True if seconds >= FIRE_SURE_S else None) if burns else False
    # Its smoke gathers slowly under the ceiling; from when on it counts as visible is nobody's to say.
    labels = row("simulator", f"{scene}-{seed}", fire, None if burns else False, None if burns else [])
    return int(seed), labels | {"image": path.name, "group": f"{scene}-{seed}"}


def flame_box(picture, before):
    """Where the picture became bright and warm since before the fire."""
    now, then = picture.astype(np.int16), before.astype(np.int16)
    mask = (now[..., 0] - then[..., 0] > 30) & (now[..., 0] > 190) & (now[..., 0] - now[..., 2] > 50)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask.astype(np.uint8), np.ones((5, 5))))
    if count < 2:
        return None
    x, y, w, h, _ = stats[1 + stats[1:, 4].argmax()]
    height, width = mask.shape
    return [0, x / width, y / height, w / width, h / height]


def simulator_frames(seed):
    """Pictures of the simulator's training scenes as drawn, and one variant of each."""
    before = {}
    for i, path in enumerate(sorted(SIMULATOR.glob("*.png"))):
        scene_seed, labels = simulator_row(path)
        if scene_seed not in TRAINING_SEEDS:
            continue
        picture = np.asarray(Image.open(path).convert("RGB"))
        start = before.setdefault(labels["group"], picture)
        if labels["fire"]:
            box = flame_box(picture, start)
            labels["boxes"] = [box] if box else None
        yield picture, data.shape_for(*picture.shape[1::-1]), labels
        rng = np.random.default_rng([seed, 3, i])
        varied, boxes, shape = data.vary(rng, picture, labels["boxes"])
        if labels["boxes"] is not None or not labels["fire"]:
            yield varied, shape, labels | {"boxes": boxes}
