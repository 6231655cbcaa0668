"""Plain measures: AUC, precision, recall, false-positive rate, average precision of boxes; in total and for each source."""

from collections import defaultdict

import numpy as np

import data


def auc(positive, negative):
    """Probability that a positive scores above a negative, ties half (Mann-Whitney)."""
    if not positive or not negative:
        return None
    both = np.concatenate([positive, negative])
    order = both.argsort(kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    for value in np.unique(both):
        same = both == value
        if same.sum() > 1:
            ranks[same] = ranks[same].mean()
    n = len(positive)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * len(negative)))


def at_threshold(positive, negative, threshold):
    hit = sum(s >= threshold for s in positive)
    false = sum(s >= threshold for s in negative)
    return {
        "positives": len(positive), "negatives": len(negative), "auc": auc(positive, negative),
        "precision": hit / (hit + false) if hit + false else None,
        "recall": hit / len(positive) if positive else None,
        "fpr": false / len(negative) if negative else None,
    }


def by_source(rows, thresholds):
    """{class: {source or "all": measures}} over rows that carry `score`."""
    out = {}
    for c, name in enumerate(data.CLASSES):
        split = defaultdict(lambda: ([], []))
        for row in rows:
            if row[name] is None:
                continue
            for source in (row["source"], "all"):
                split[source][0 if row[name] else 1].append(row["score"][c])
        out[name] = {s: at_threshold(*pn, thresholds[c]) for s, pn in sorted(split.items())}
    return out


def threshold_for_fpr(rows, c, rate):
    """Lowest threshold at which no more than `rate` of the negatives score at or above it."""
    negatives = sorted((r["score"][c] for r in rows if r[data.CLASSES[c]] is False), reverse=True)
    return float(np.nextafter(negatives[int(rate * len(negatives))], 1.0))


def recall_at_fpr(positive, negative, rate):
    """Share of positives above the lowest threshold that no more than `rate` of the negatives reach."""
    limit = sorted(negative, reverse=True)[int(rate * len(negative))]
    return sum(s > limit for s in positive) / len(positive)


def overlap(a, b):
    """Intersection over union of two boxes [x, y, w, h]."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(0.0, w) * max(0.0, h)
    return both / (a[2] * a[3] + b[2] * b[3] - both + 1e-9)


def average_precision(pictures, least_overlap):
    """`pictures`: pairs of true boxes [x, y, w, h] and found ones [score, x, y, w, h]. Area under the precision-recall
    curve, precision made monotonic; each true box is found once, by the strongest box that overlaps it enough."""
    true = sum(len(boxes) for boxes, _ in pictures)
    if not true:
        return None
    marks = []
    for boxes, found in pictures:
        free = list(boxes)
        for score, *box in sorted(found, reverse=True):
            best = max(free, key=lambda b: overlap(b, box), default=None)
            hit = best is not None and overlap(best, box) >= least_overlap
            if hit:
                free.remove(best)
            marks.append((score, hit))
    marks.sort(key=lambda m: -m[0])
    hits = np.cumsum([hit for _, hit in marks])
    precision = hits / np.arange(1, len(marks) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    recall = np.concatenate([[0], hits / true])
    return float(((recall[1:] - recall[:-1]) * precision).sum())


def boxes_of_kind(rows, c):
    """True and found boxes of one kind, over the rows on which that kind is annotated with boxes or absent."""
    name = data.CLASSES[c]
    known = [r for r in rows if r[name] is False or (r[name] and r["boxes"])]
    return [([b[1:] for b in r["boxes"] or [] if b[0] == c], r["found"][c]) for r in known]


def interval(groups, measure, rounds=400, seed=1):
    """5th and 95th percentile of `measure` when whole groups are drawn anew. `groups`: lists of rows."""
    rng = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        drawn = [row for i in rng.integers(len(groups), size=len(groups)) for row in groups[i]]
        value = measure(drawn)
        if value is not None:
            values.append(value)
    return tuple(float(np.percentile(values, q)) for q in (5, 95))


def table(measures):
    """The measures as a Markdown table."""
    def cell(value, style="{:.3f}"):
        return "–" if value is None else style.format(value)
    lines = ["| class | source | positives | negatives | AUC | precision | recall | FPR |", "|---|---|---|---|---|---|---|---|"]
    for name, sources in measures.items():
        for source, m in sources.items():
            lines.append(f"| {name} | {source} | {m['positives']} | {m['negatives']} | {cell(m['auc'])} | "
                         f"{cell(m['precision'])} | {cell(m['recall'])} | {cell(m['fpr'], '{:.2%}')} |")
    return "\n".join(lines)
