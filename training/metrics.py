"""Plain measures: AUC, precision, recall, false-positive rate; in total and for each source."""

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
