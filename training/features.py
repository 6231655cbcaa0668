"""Runs the frozen lower part of the trunk once over every picture and variant and keeps the stride-16 maps.

    python features.py PART...     parts: see `part`

Each part becomes, per input shape, one .npy file (f16) and one .jsonl with the labels, under
work/features. A part that is there already is kept.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import cv2
import numpy as np
import torch

import data
import synthetic
import trunk

WORK = Path(__file__).parent / "work" / "features"
BATCH = 4
# Random variants: at most this many pictures for each scene of a source, and at most so many for each picture.
VARIANTS = {"roboflow_cctv_fire_v8": (320, 8), "roboflow_continuous_fire_v6": (130, 18), "clothing_cc0": (1, 1)}
SEED = 20261123


MADE = {"on-scenes": synthetic.plumes_on_scenes, "on-pictures": synthetic.plumes_on_pictures, "smoke-pairs": synthetic.smoke_pairs,
        "open-flames": synthetic.open_flames_on_pictures, "near-flames": synthetic.near_flames, "warm": synthetic.warm_pictures,
        "mosaics": synthetic.mosaics}


def label(row, boxes):
    kept = {k: row.get(k) for k in ("source", "group", "image", "context", *data.CLASSES)}
    return kept | {"boxes": boxes}


def as_is(rows):
    for row in rows:
        picture = data.read_picture(row)
        yield picture, data.shape_for(picture.shape[1], picture.shape[0]), label(row, data.boxes_of(row))


def may_ship(rows):
    return [r for r in rows if r["redistributable"] is True]


def variants(rows, of_scene, of_picture, seed, **how):
    """Variants of pictures, shared out by scene: a scene of one picture gets many, a long film few of each."""
    scene = Counter((r["source"], r["group"]) for r in rows)
    for i, row in enumerate(rows):
        wanted = min(of_picture, of_scene / scene[row["source"], row["group"]])
        count = int(wanted) + (np.random.default_rng([seed, i]).random() < wanted % 1)
        for k in range(count):
            rng = np.random.default_rng([seed, i, k])
            picture, boxes, shape = data.vary(rng, data.read_picture(row), data.boxes_of(row), **how)
            yield picture, shape, label(row, boxes)


def varied(rows):
    for source, (of_scene, of_picture) in VARIANTS.items():
        yield from variants([r for r in rows if r["source"] == source], of_scene, of_picture, SEED)


def stretched(rows):
    """Flames in all shapes: films stretched to squares make them tall and thin, and a box head learns that too."""
    flames = [r for r in rows if (r["fire"] or r["open_flame"]) and r["boxes"]]
    return variants(flames, 70, 9, SEED + 1, stretched=1.0, shapes=data.SHAPES)


def clip_frames(split, wanted):
    """Frames of clips twice a second, with the clip's label where it is whole-clip."""
    for clip in data.clips():
        if clip["split"] != split or not wanted(clip):
            continue
        for i, frame in enumerate(data.clip_pictures(clip, 2.0)):
            row = {"source": "clip:" + clip["source"], "group": clip["video"], "image": f"{clip['video']}#{i}",
                   **dict.fromkeys(data.CLASSES, False)}
            yield frame, data.shape_for(frame.shape[1], frame.shape[0]), label(row, [])


def quiet_clip_that_may_ship(clip):
    return clip["label"] == "none" and clip["source"].startswith(("Intel", "OpenCV"))


def clips_with_variants():
    for i, (frame, shape, row) in enumerate(clip_frames("train", quiet_clip_that_may_ship)):
        yield frame, shape, row
        rng = np.random.default_rng([SEED, 7, i])
        picture, boxes, shape = data.vary(rng, frame, [])
        yield picture, shape, row


def part(name):
    if name == "clean":
        return as_is(may_ship(data.rows("train")))
    if name == "val":
        return as_is(data.rows("val"))
    if name == "other":
        return as_is([r for r in data.rows("train") if r["redistributable"] is not True])
    if name == "varied":
        return varied(may_ship(data.rows("train")))
    if name == "stretched":
        return stretched(may_ship(data.rows("train")))
    if name == "clips":
        return clips_with_variants()
    if name == "quiet":
        return synthetic.quiet_scenes(SEED)
    if name == "simulator":
        return synthetic.simulator_frames(SEED)
    if name in MADE:
        frames = [frame for frame, _, _ in clip_frames("train", quiet_clip_that_may_ship)]
        return MADE[name](synthetic.Material(may_ship(data.rows("train")), frames), SEED)
    raise SystemExit(f"unknown part {name}")


def flush(weights, pending, kept):
    x = torch.from_numpy(np.stack([p for p, _ in pending])).permute(0, 3, 1, 2).float()
    kept.append((trunk.lower(weights, x).half().numpy(), [row for _, row in pending]))


def cache(name):
    marker = WORK / f"{name}.done"
    if marker.exists():
        return
    weights = trunk.half_rounded(trunk.folded_weights())
    pending, kept = defaultdict(list), defaultdict(list)
    start, count = time.time(), 0
    for picture, shape, row in part(name):
        pending[shape].append((data.fit(np.ascontiguousarray(picture), shape), row))
        if len(pending[shape]) == BATCH:
            flush(weights, pending.pop(shape), kept[shape])
        count += 1
        if count % 500 == 0:
            print(f"{name}: {count} pictures, {(time.time() - start) / count * 1000:.0f} ms each", flush=True)
    for shape, rest in pending.items():
        flush(weights, rest, kept[shape])
    for (w, h), parts in kept.items():
        stem = str(WORK / f"{name}.{w}x{h}")
        np.save(stem + ".npy", np.concatenate([maps for maps, _ in parts]))
        with open(stem + ".jsonl", "w", encoding="utf-8") as f:
            for _, labels in parts:
                f.writelines(json.dumps(row) + "\n" for row in labels)
    marker.write_text(f"{count} pictures, {time.time() - start:.0f} s\n")
    print(f"{name}: done, {count} pictures in {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    WORK.mkdir(parents=True, exist_ok=True)
    # One thread: on a shared machine two of them mostly wait for each other.
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    for argument in sys.argv[1:]:
        cache(argument)
