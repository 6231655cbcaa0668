"""Made pictures as parts of the training data: drawn scenes, things put into pictures, mosaics, the simulator.

What is drawn comes from `scenes.py`, `plumes.py` and `open_flames.py`; here it is decided how many of each there are, on what they
stand and how they are labelled. A row names in `uses` the groups whose pictures went into it, so that a fold can leave it out.
"""

import re
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import data
import open_flames
import plumes
import scenes

SIMULATOR = Path(__file__).parent / "work" / "simulator"
# Scenes of the simulator are held apart by their seed: these train, all others test.
TRAINING_SEEDS = range(201, 206)
SIMULATOR_FPS, FIRE_FROM_S, FIRE_SURE_S = 10, 8.0, 10.0

QUIET, ON_SCENES, ON_PICTURES, SMOKE_PAIRS, OPEN_FLAMES, NEAR_FLAMES, WARM, MOSAICS = 2400, 1400, 1000, 1900, 1900, 700, 1900, 900
# The CCTV set is stretched to a square; so is this share of what smoke is put into and of its twins without.
SQUARE = (288, 288)
SQUARE_SHARE = 0.5
# A flame lower than this share of the picture might be an open flame for all one can see.
SMALL_FLAME = 0.15


def row(kind, i, labels, boxes, uses=()):
    return {"source": f"synthetic:{kind}", "group": f"{kind}:{i}", "image": f"{kind}#{i}", **dict(zip(data.CLASSES, labels)),
            "boxes": boxes, "uses": list(uses)}


class Material:
    """The training pictures that may be used, by what they are good for."""

    def __init__(self, rows, frames):
        self.flames = by_group([r for r in rows if r["fire"] and r["boxes"] and r["smoke"] is not True])
        self.candles = [r for r in rows if r["open_flame"] and r["boxes"]]
        quiet = [r for r in rows if r["fire"] is False and r["smoke"] is False]
        self.cctv = by_group([r for r in quiet if "cctv" in r["source"]])
        self.phone = [r for r in quiet if "cctv" not in r["source"]]
        self.frames = frames
        self.burning = by_group([r for r in rows if (r["fire"] or r["open_flame"]) and r["boxes"]])

    def quiet_picture(self, rng, shares):
        """A picture without anything, and the groups it comes from. `shares`: CCTV, clip frames, phone, drawn."""
        what = rng.choice(4, p=shares)
        if what == 0:
            r = any_group(rng, self.cctv)
            return data.read_picture(r), [r["group"]]
        if what == 1:
            return self.frames[rng.integers(len(self.frames))], []
        if what == 2:
            return data.read_picture(self.phone[rng.integers(len(self.phone))]), []
        return scenes.quiet(rng), []


def by_group(rows):
    groups = {}
    for r in rows:
        groups.setdefault(r["group"], []).append(r)
    return list(groups.values())


def any_group(rng, groups):
    """A row of a random group: by scene, not by frame, but large groups a little more often."""
    share = np.array([len(g) for g in groups]) ** 0.5
    group = groups[rng.choice(len(groups), p=share / share.sum())]
    return group[rng.integers(len(group))]


def burning(rng, picture, material):
    """Puts flame, smoke or both into a quiet picture. Returns it with boxes, labels and groups used."""
    what, boxes, uses = rng.random(), [], []
    fire = smoke = False
    if what < 0.75:
        source = any_group(rng, material.flames) if rng.random() < 0.55 else None
        uses += [source["group"]] if source else []
        picture, box = plumes.put_flame(rng, picture, source)
        boxes, fire = ([box], True) if box else ([], None)
    if what > 0.55:
        picture, box = plumes.put_smoke(rng, picture, boxes[0] if boxes and rng.random() < 0.8 else None)
        boxes, smoke = (boxes + [box], True) if box else (boxes, None)
    small = fire and boxes[0][4] < SMALL_FLAME
    return picture, boxes, (fire, smoke, None if small or fire is None else False), uses


def quiet_scenes(seed):
    for i in range(QUIET):
        rng = np.random.default_rng([seed, 1, i])
        picture, _, shape = data.vary(rng, scenes.quiet(rng), [])
        yield picture, shape, row("quiet", i, (False, False, False), [])


def plumes_on_scenes(material, seed):
    for i in range(ON_SCENES):
        rng = np.random.default_rng([seed, 2, i])
        picture, boxes, labels, uses = burning(rng, scenes.quiet(rng), material)
        picture, boxes, shape = data.vary(rng, picture, boxes)
        yield picture, shape, row("plume-on-scene", i, labels, boxes, uses)


def plumes_on_pictures(material, seed):
    for i in range(ON_PICTURES):
        rng = np.random.default_rng([seed, 3, i])
        base, uses = material.quiet_picture(rng, (0.4, 0.2, 0.4, 0.0))
        picture, boxes, labels, more = burning(rng, base, material)
        picture, boxes, shape = data.vary(rng, picture, boxes)
        yield picture, shape, row("plume-on-picture", i, labels, boxes, uses + more)


def smoke_pairs(material, seed):
    """The same picture with drawn smoke and without, worsened in the same way: the only difference is the smoke."""
    for i in range(SMOKE_PAIRS):
        rng = np.random.default_rng([seed, 4, i])
        base, uses = material.quiet_picture(rng, (0.55, 0.15, 0.15, 0.15))
        smoky, box = plumes.put_smoke(rng, base)
        boxes = [box] if box else []
        square = rng.random() < SQUARE_SHARE
        for kind, picture, smoke in (("smoke-pair", smoky, True if box else None), ("smoke-pair-quiet", base, False)):
            varied, moved, shape = data.vary(np.random.default_rng([seed, 5, i]), picture, boxes)
            yield varied, SQUARE if square else shape, row(kind, i, (False, smoke, False), moved if smoke else [], uses)


def open_flames_on_pictures(material, seed, count=OPEN_FLAMES, sizes=open_flames.FAR, stream=6):
    for i in range(count):
        rng = np.random.default_rng([seed, stream, i])
        base, uses = material.quiet_picture(rng, (0.15, 0.1, 0.25, 0.5))
        if rng.random() < 0.4:
            candle = material.candles[rng.integers(len(material.candles))]
            uses = uses + [candle["group"]]
            picture, boxes = open_flames.put_cut(rng, base, candle, sizes)
            kind = "open-flame-cut"
        else:
            picture, boxes = open_flames.put_drawn(rng, base, sizes)
            kind = "open-flame"
        picture, boxes, shape = data.vary(rng, picture, boxes)
        yield picture, shape, row(kind, f"{stream}-{i}", (None, False, bool(boxes) or None), boxes, uses)


def near_flames(material, seed):
    """Candles and lighters right before the camera."""
    return open_flames_on_pictures(material, seed, NEAR_FLAMES, open_flames.NEAR, 9)


def warm_pictures(material, seed):
    """Quiet pictures in warm light, and evening skies."""
    for i in range(WARM):
        rng = np.random.default_rng([seed, 10, i])
        if rng.random() < 0.6:
            base, uses = material.quiet_picture(rng, (0.2, 0.3, 0.5, 0.0))
            picture = scenes.warm_light(rng, base)
        else:
            uses, picture = [], scenes.as_picture(scenes.sky(rng, *scenes.SIZES[rng.integers(len(scenes.SIZES))]))
        picture, _, shape = data.vary(rng, picture, [])
        yield picture, shape, row("warm", i, (False, False, False), [], uses)


def mosaics(material, seed):
    """Four pictures in one: small fires, and fires beside quiet scenes."""
    for i in range(MOSAICS):
        rng = np.random.default_rng([seed, 7, i])
        w, h = scenes.SIZES[rng.integers(len(scenes.SIZES))]
        cx, cy = int(rng.uniform(0.3, 0.7) * w), int(rng.uniform(0.3, 0.7) * h)
        canvas, boxes, labels, uses = np.zeros((h, w, 3), np.uint8), [], [], []
        for x0, y0, x1, y1 in rng.permutation([(0, 0, cx, cy), (cx, 0, w, cy), (0, cy, cx, h), (cx, cy, w, h)]):
            if len(labels) < rng.integers(1, 3):
                r = any_group(rng, material.burning)
                part, inside, kinds = data.read_picture(r), data.boxes_of(r), [r[c] for c in data.CLASSES]
                uses.append(r["group"])
            else:
                part, groups = material.quiet_picture(rng, (0.3, 0.2, 0.3, 0.2))
                inside, kinds, uses = [], [False] * len(data.CLASSES), uses + groups
            canvas[y0:y1, x0:x1] = data.fit(np.ascontiguousarray(part), (int(x1 - x0), int(y1 - y0)))
            tw, th = (x1 - x0) / w, (y1 - y0) / h
            boxes += [[c, x0 / w + x * tw, y0 / h + y * th, bw * tw, bh * th] for c, x, y, bw, bh in inside]
            labels.append(kinds)
        # A kind is there when it is in any part, and unknown when any other part is unknown.
        joined = [None if None in column else any(column) for column in zip(*labels)]
        picture, boxes, shape = data.vary(rng, canvas, [b for b in boxes if joined[b[0]] is not None])
        yield picture, shape, row("mosaic", i, joined, boxes, uses)


# ---------------------------------------------------------------------------- simulator


def simulator_row(path):
    """Scene, seed and labels of a picture drawn by the product's simulator; its files are SCENE-SEED-NUMBER.png."""
    scene, seed, number = re.fullmatch(r"(.+)-(\d+)-(\d+)", path.stem).groups()
    seconds = int(number) / SIMULATOR_FPS
    burns = scene == "corridor-fire" and seconds >= FIRE_FROM_S
    fire = (True if seconds >= FIRE_SURE_S else None) if burns else False
    # Its smoke gathers slowly under the ceiling; from when on it counts as visible is nobody's to say.
    labels = row("simulator", f"{scene}-{seed}", (fire, None if burns else False, False), None if burns else [])
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
        rng = np.random.default_rng([seed, 8, i])
        varied, boxes, shape = data.vary(rng, picture, labels["boxes"])
        if labels["boxes"] is not None or not labels["fire"]:
            yield varied, shape, labels | {"boxes": boxes}
