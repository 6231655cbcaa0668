"""Boxes as a grid sees them: which cells a box trains, what they should say, and how their answers become boxes again.

A cell that lies in a box gives its distances to the box's four sides, in cells (FCOS, Tian et al., arXiv 1904.01355), and how well it
believes to overlap (the quality, trained on the overlap itself). The Rust code in `regions.rs` does the same decoding.
"""

import numpy as np
import torch

import data

KINDS = len(data.CLASSES)
# A share of each side of a box that counts neither as inside nor as outside.
RIM = 0.1
# Exponent limits of a distance: 1/20 of a cell to 33 cells.
LEAST_LOG, MOST_LOG = -3.0, 3.5
LEAST_SCORE, MOST_OVERLAP, MOST_COVERED, MOST_BOXES = 0.02, 0.5, 0.8, 8


def targets(row, grid):
    """What the cells should say: heat (0, 1, or 255 for masked) and sides (x0, y0, x1, y1 in cells, all 0 without a box), per kind."""
    gh, gw = grid
    heat, sides = np.zeros((gh, gw, KINDS), np.uint8), np.zeros((gh, gw, KINDS, 4), np.float32)
    for c, name in enumerate(data.CLASSES):
        if row[name] is None or (row[name] and row["boxes"] is None):
            heat[:, :, c] = 255
    cx, cy = np.arange(gw) + 0.5, np.arange(gh) + 0.5
    # Large boxes first: where two of one kind overlap, the cells belong to the smaller.
    for c, x, y, w, h in sorted(row["boxes"] or [], key=lambda b: -b[3] * b[4]):
        if row[data.CLASSES[c]] is not True:
            continue
        x0, x1, y0, y1 = x * gw, (x + w) * gw, y * gh, (y + h) * gh
        touched = ((cy > y0 - 0.5) & (cy < y1 + 0.5))[:, None] & ((cx > x0 - 0.5) & (cx < x1 + 0.5))[None]
        sx, sy = RIM * (x1 - x0), RIM * (y1 - y0)
        inside = ((cy > y0 + sy) & (cy < y1 - sy))[:, None] & ((cx > x0 + sx) & (cx < x1 - sx))[None]
        inside[min(gh - 1, int((y0 + y1) / 2)), min(gw - 1, int((x0 + x1) / 2))] = True
        heat[:, :, c][touched & (heat[:, :, c] == 0)] = 255
        heat[:, :, c][inside] = 1
        sides[:, :, c][inside] = (x0, y0, x1, y1)
    return heat, sides.astype(np.float16)


def corners(logs, grid):
    """Logarithms of distances (… x grid height x grid width x kinds x 4: left, top, right, bottom) to x0, y0, x1, y1 in cells."""
    gh, gw = grid
    reach = logs.clamp(LEAST_LOG, MOST_LOG).exp()
    cx = (torch.arange(gw) + 0.5)[None, :, None]
    cy = (torch.arange(gh) + 0.5)[:, None, None]
    return torch.stack([cx - reach[..., 0], cy - reach[..., 1], cx + reach[..., 2], cy + reach[..., 3]], -1)


def overlap(a, b):
    """Intersection over union of boxes, and the generalised form (Rezatofighi et al., arXiv 1902.09630)."""
    low, high = torch.maximum(a[..., :2], b[..., :2]), torch.minimum(a[..., 2:], b[..., 2:])
    both = (high - low).clamp(min=0).prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - both
    around = (torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])).prod(-1)
    iou = both / union.clamp(min=1e-6)
    return iou, iou - (around - union) / around.clamp(min=1e-6)


def found(score, corner, grid):
    """Boxes of one kind in one picture: [score, x, y, w, h] in shares, strongest first, overlapping weaker ones left out."""
    gh, gw = grid
    score, corner = score.reshape(-1), corner.reshape(-1, 4)
    order = np.argsort(-score, kind="stable")
    order = order[score[order] >= LEAST_SCORE]
    kept = []
    for i in order:
        x0, y0, x1, y1 = np.clip(corner[i], 0, [gw, gh, gw, gh])
        area = max(0.0, x1 - x0) * max(0.0, y1 - y0)
        if area <= 0:
            continue
        clash = False
        for _, a0, b0, a1, b1 in kept:
            both = max(0.0, min(x1, a1) - max(x0, a0)) * max(0.0, min(y1, b1) - max(y0, b0))
            other = (a1 - a0) * (b1 - b0)
            if both / (area + other - both) > MOST_OVERLAP or both / min(area, other) > MOST_COVERED:
                clash = True
                break
        if not clash:
            kept.append((float(score[i]), x0, y0, x1, y1))
        if len(kept) == MOST_BOXES:
            break
    return [[s, x0 / gw, y0 / gh, (x1 - x0) / gw, (y1 - y0) / gh] for s, x0, y0, x1, y1 in kept]
