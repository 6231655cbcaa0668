"""Labelled pictures: what is read, which of it may train shipped weights, and how it is varied.

The folder is named by WATCHFIRE_LABELLED_DATA and is never copied into the repository. The given
train/validation split is kept as it is: it was made by scene (`group`), and frames of one scene are
near copies of each other.
"""

import csv
import io
import json
import os
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

CLASSES = ("fire", "smoke", "open_flame")
# Network input sizes (width, height): about equal area, one per family of aspect ratios. The same list
# stands in crates/vision/src/scale.rs.
SHAPES = [(384, 224), (320, 256), (288, 288), (256, 320), (224, 384)]
STRIDE = 16
# Pictures and whole groups whose flames are open flames (candles, matches) or unclear, as seen on contact sheets, and
# the kinds of rows the data itself names so, which only measure.
with open(Path(__file__).parent / "open_flame.csv", encoding="utf-8") as listing:
    OPEN_FLAME = {row["name"]: row["what"] for row in csv.DictReader(listing)}
OPEN_FLAME_CONTEXTS = {"small_flame": "open_flame", "controlled": "open_flame"}


def root():
    folder = os.environ.get("WATCHFIRE_LABELLED_DATA")
    if not folder:
        raise SystemExit("set WATCHFIRE_LABELLED_DATA to the folder with labels_train.jsonl")
    return Path(folder)


def rows(split):
    with open(root() / f"labels_{split}.jsonl", encoding="utf-8") as f:
        return [with_open_flame(json.loads(line)) for line in f]


def with_open_flame(row):
    """Adds the third kind to a row as it was labelled, which knows only fire and smoke.

    An open flame that is held or tended (candle, lighter, stove) is neither "no fire" nor "fire": there `fire` is
    masked. What nobody can tell from the picture (a pan, a camp fire) is masked for `open_flame`.
    """
    what = OPEN_FLAME.get(Path(row["image"]).stem) or OPEN_FLAME.get(row["group"]) or OPEN_FLAME_CONTEXTS.get(row["context"])
    if row["fire"] is not True:
        return row | {"open_flame": row["fire"]}
    if what == "open_flame":
        boxes = row["boxes"] and [["open_flame", *b[1:]] if b[0] == "fire" else b for b in row["boxes"]]
        return row | {"fire": None, "open_flame": True, "boxes": boxes}
    return row | {"open_flame": None if what == "unclear" else False}


def clips():
    with open(root() / "clips.jsonl", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def read_picture(row):
    return np.asarray(Image.open(root() / row["image"]).convert("RGB"))


def boxes_of(row):
    """Fire and smoke boxes as [class index, x, y, w, h], or None where only the picture is labelled."""
    if row["boxes"] is None:
        return None
    return [[CLASSES.index(b[0]), *b[1:]] for b in row["boxes"] if b[0] in CLASSES]


def shape_for(width, height):
    """The network input whose aspect ratio is nearest."""
    ratio = np.log(width / height)
    return min(SHAPES, key=lambda s: abs(np.log(s[0] / s[1]) - ratio))


def fit(picture, shape):
    return np.asarray(Image.fromarray(picture).resize(shape, Image.BILINEAR))


# ---------------------------------------------------------------------------- variation


def crop(rng, picture, boxes):
    """A random part of the picture that keeps at least one whole box, if there is one."""
    h, w = picture.shape[:2]
    x0, y0, x1, y1 = (rng.uniform(0, 0.35) * s for s in (w, h, w, h))
    x1, y1 = w - x1, h - y1
    if boxes:
        _, bx, by, bw, bh = boxes[rng.integers(len(boxes))]
        x0, y0 = min(x0, bx * w), min(y0, by * h)
        x1, y1 = max(x1, (bx + bw) * w), max(y1, (by + bh) * h)
    x0, y0, x1, y1 = int(x0), int(y0), int(np.ceil(x1)), int(np.ceil(y1))
    kept = []
    for c, bx, by, bw, bh in boxes or []:
        left, top = max(bx * w, x0), max(by * h, y0)
        right, bottom = min((bx + bw) * w, x1), min((by + bh) * h, y1)
        if right - left > 2 and bottom - top > 2:
            sx, sy = x1 - x0, y1 - y0
            kept.append([c, (left - x0) / sx, (top - y0) / sy, (right - left) / sx, (bottom - top) / sy])
    return picture[y0:y1, x0:x1], kept if boxes is not None else None


def flip(picture, boxes):
    turned = None if boxes is None else [[c, 1 - x - w, y, w, h] for c, x, y, w, h in boxes]
    return picture[:, ::-1], turned


def overlay_text(rng, picture):
    """Time stamps and channel names, as recorders burn them in: on fire and on quiet pictures alike."""
    out = picture.copy()
    h, w = out.shape[:2]
    size = max(h, 120) / 480 * rng.uniform(0.5, 1.0)
    shade = (255, 255, 255) if rng.random() < 0.8 else (255, 255, 0)
    stamp = f"20{rng.integers(18, 27)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02} " \
            f"{rng.integers(0, 24):02}:{rng.integers(0, 60):02}:{rng.integers(0, 60):02}"
    cv2.putText(out, stamp, (int(w * 0.03), int(h * 0.08)), cv2.FONT_HERSHEY_SIMPLEX, size, shade, 1, cv2.LINE_AA)
    if rng.random() < 0.6:
        cv2.putText(out, f"CAM{rng.integers(1, 64):02}", (int(w * 0.75), int(h * 0.95)),
                    cv2.FONT_HERSHEY_SIMPLEX, size, shade, 1, cv2.LINE_AA)
    return out


def degrade(rng, picture):
    """What cheap cameras do: infrared, exposure, blur, noise, small sensors, compression."""
    x = picture.astype(np.float32)
    h, w = x.shape[:2]
    if rng.random() < 0.15:
        grey = x @ np.array([0.45, 0.4, 0.15], np.float32)
        x = np.repeat(grey[..., None], 3, axis=2)
    elif rng.random() < 0.5:
        x = x * rng.uniform(0.85, 1.15, 3).astype(np.float32)
    x = 255 * (np.clip(x, 0, 255) / 255) ** rng.uniform(0.6, 1.6)
    x = x * rng.uniform(0.7, 1.15) + rng.uniform(-15, 15)
    x = np.clip(x, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        scale = rng.uniform(0.35, 0.8)
        x = cv2.resize(cv2.resize(x, (max(48, int(w * scale)), max(48, int(h * scale))),
                                  interpolation=cv2.INTER_AREA), (w, h), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.3:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(0.5, 1.8))
    if rng.random() < 0.4:
        x = np.clip(x + rng.normal(0, rng.uniform(3, 14), x.shape), 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        x = overlay_text(rng, x)
    if rng.random() < 0.6:
        buffer = io.BytesIO()
        Image.fromarray(x).save(buffer, "JPEG", quality=int(rng.integers(20, 75)))
        x = np.asarray(Image.open(buffer))
    return x


def vary(rng, picture, boxes, stretched=0.35, shapes=SHAPES[:3]):
    """One random variant: crop, mirror, degrade, and as often as `stretched` one of `shapes` whatever the picture's own."""
    if rng.random() < 0.8:
        picture, boxes = crop(rng, picture, boxes)
    if rng.random() < 0.5:
        picture, boxes = flip(picture, boxes)
    picture = degrade(rng, np.ascontiguousarray(picture))
    shape = shape_for(picture.shape[1], picture.shape[0])
    if rng.random() < stretched:
        shape = shapes[rng.integers(len(shapes))]
    return picture, boxes, shape


# ---------------------------------------------------------------------------- clips


def clip_pictures(clip, per_second):
    """Frames of a clip as RGB arrays, `per_second` of them for each second."""
    video = cv2.VideoCapture(str(root() / "clips" / clip["split"] / clip["video"]))
    fps, index, due = video.get(cv2.CAP_PROP_FPS) or 12.0, 0, 0.0
    while True:
        ok, frame = video.read()
        if not ok:
            return
        if index / fps + 1e-6 >= due:
            due += 1 / per_second
            yield cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        index += 1
