"""The figures of the model card that are no plain table of one score: pictures as they were labelled, boxes, smoke within CCTV scenes."""

import data
import metrics

FIRE, SMOKE, OPEN_FLAME = range(3)
# False-positive rate at which recalls are compared.
RATE = 0.01


def flame_as_labelled(rows, score):
    """Scores of pictures whose label says fire, open flames included, and of those without."""
    positive = [score(r) for r in rows if r["fire"] or r["open_flame"]]
    return positive, [score(r) for r in rows if r["fire"] is False]


def any_flame(row):
    return max(row["score"][FIRE], row["score"][OPEN_FLAME])


def flames(rows):
    """AUC and recall at 1 % false positives over flames of either kind, and over fires alone."""
    out = {}
    for name, score in (("fire score", lambda r: r["score"][FIRE]), ("higher of fire and open flame", any_flame)):
        positive, negative = flame_as_labelled(rows, score)
        out["any flame, " + name] = (len(positive), len(negative), metrics.auc(positive, negative), metrics.recall_at_fpr(positive, negative, RATE))
    for c in (FIRE, OPEN_FLAME):
        positive = [r["score"][c] for r in rows if r[data.CLASSES[c]]]
        negative = [r["score"][c] for r in rows if r["fire"] is False]
        if positive:
            name = f"{data.CLASSES[c]} pictures, {data.CLASSES[c]} score"
            out[name] = (len(positive), len(negative), metrics.auc(positive, negative), metrics.recall_at_fpr(positive, negative, RATE))
    return out


def any_flame_boxes(rows):
    """True and found boxes of fire and open flame together, over rows with either drawn and rows without fire."""
    known = [r for r in rows if r["fire"] is False or ((r["fire"] or r["open_flame"]) and r["boxes"])]
    true = lambda r: [b[1:] for b in r["boxes"] or [] if b[0] in (FIRE, OPEN_FLAME)]
    return [(true(r), r["found"][FIRE] + r["found"][OPEN_FLAME]) for r in known]


def box_figures(rows):
    """(true boxes, AP50, AP30) by kind."""
    out = {}
    for name, pictures in (("fire", metrics.boxes_of_kind(rows, FIRE)), ("smoke", metrics.boxes_of_kind(rows, SMOKE)),
                           ("open flame", metrics.boxes_of_kind(rows, OPEN_FLAME)), ("fire or open flame", any_flame_boxes(rows))):
        true = sum(len(boxes) for boxes, _ in pictures)
        if true:
            out[name] = (true, *(metrics.average_precision(pictures, least) for least in (0.5, 0.3)))
    return out


def smoke_in_cctv(rows, score=lambda r: r["score"][SMOKE]):
    """AUC of smoke against quiet pictures of the CCTV set, and its 90 % interval by drawing its scenes anew."""
    groups = {}
    for r in rows:
        if r["source"] == "roboflow_cctv_fire_v8" and (r["smoke"] or r["fire"] is False):
            groups.setdefault(r["group"], []).append(r)

    def auc(drawn):
        return metrics.auc([score(r) for r in drawn if r["smoke"]], [score(r) for r in drawn if r["smoke"] is False])
    everything = [r for rs in groups.values() for r in rs]
    return len(groups), auc(everything), metrics.interval(list(groups.values()), auc)
