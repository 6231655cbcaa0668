"""The small network on top of the trunk, its training data and its training.

Every cell of the stride-16 grid gets its own features, those of the stride-32 cell it lies in and the
mean of the whole picture; a hidden layer, one 3x3 look at the neighbours, and out come two heat maps (fire,
smoke). The picture's own two scores are read from the mean and the maximum of the last hidden layer and the
highest heat.
"""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import data

FEATURES = Path(__file__).parent / "work" / "features"
HIDDEN, NECK = 96, 64
C16, C32 = 112, 320


class Head(nn.Module):
    def __init__(self, mean16, spread16, mean32, spread32):
        super().__init__()
        for name, value in (("mean16", mean16), ("spread16", spread16), ("mean32", mean32), ("spread32", spread32)):
            self.register_buffer(name, value)
        self.cell = nn.Linear(C16, HIDDEN)
        self.wide = nn.Linear(C32, HIDDEN, bias=False)
        self.whole = nn.Linear(C32, HIDDEN, bias=False)
        self.around = nn.Conv2d(HIDDEN, HIDDEN, 3, padding=1, groups=HIDDEN)
        self.neck = nn.Linear(HIDDEN, NECK)
        self.heat = nn.Linear(NECK, 2)
        self.picture = nn.Linear(2 * NECK + 2, 2)
        nn.init.constant_(self.heat.bias, -3.0)

    def forward(self, s16, s32, drop=0.0):
        s16 = (s16.permute(0, 2, 3, 1) - self.mean16) / self.spread16
        s32 = (s32.permute(0, 2, 3, 1) - self.mean32) / self.spread32
        if drop:
            s16 = s16 * F.dropout(torch.ones_like(s16[:, :1, :1]), drop)
            s32 = s32 * F.dropout(torch.ones_like(s32[:, :1, :1]), drop)
        wide = self.wide(s32).repeat_interleave(2, 1).repeat_interleave(2, 2)
        h = F.relu6(self.cell(s16) + wide + self.whole(s32.mean((1, 2)))[:, None, None])
        h = F.relu6(self.around(h.permute(0, 3, 1, 2))).permute(0, 2, 3, 1)
        h = F.relu6(self.neck(h))
        if drop:
            h = F.dropout(h, drop)
        heat = self.heat(h)
        pooled = torch.cat([h.mean((1, 2)), h.amax((1, 2)), heat.amax((1, 2))], 1)
        return heat, self.picture(pooled)


# ---------------------------------------------------------------------------- data


class Part:
    """One cached part and shape: feature maps in memory, labels beside them."""

    def __init__(self, stem, keep=lambda row: True):
        rows = [json.loads(line) for line in open(str(stem) + ".jsonl", encoding="utf-8")]
        index = [i for i, row in enumerate(rows) if keep(row)]
        self.rows = [rows[i] for i in index]
        self.s16 = torch.from_numpy(np.load(str(stem) + ".s16.npy")[index])
        self.s32 = torch.from_numpy(np.load(str(stem) + ".s32.npy")[index])
        targets = [cell_targets(row, self.s16.shape[2:]) for row in self.rows]
        self.cells = torch.stack([t for t, _ in targets]) if targets else torch.zeros(0)
        self.cell_mask = torch.stack([m for _, m in targets]) if targets else torch.zeros(0)
        known = [[-1.0 if row[c] is None else float(row[c]) for c in data.CLASSES] for row in self.rows]
        self.known = torch.tensor(known).reshape(-1, 2)


def load(*names, keep=lambda row: True):
    parts = []
    for name in names:
        for path in sorted(FEATURES.glob(f"{name}.*.jsonl")):
            part = Part(path.with_suffix(""), keep)
            if part.rows:
                parts.append(part)
    return parts


def cell_targets(row, grid):
    """Targets and mask, each grid x 2: inside a box 1, outside 0, on its edge or not annotated masked."""
    gh, gw = grid
    target, mask = torch.zeros(gh, gw, 2), torch.ones(gh, gw, 2)
    for c, name in enumerate(data.CLASSES):
        if row[name] is None or (row[name] and row["boxes"] is None):
            mask[:, :, c] = 0
    for c, x, y, w, h in row["boxes"] or []:
        x0, x1, y0, y1 = x * gw, (x + w) * gw, y * gh, (y + h) * gh
        cx, cy = torch.arange(gw) + 0.5, torch.arange(gh) + 0.5
        touched = ((cy > y0 - 0.5) & (cy < y1 + 0.5))[:, None] & ((cx > x0 - 0.5) & (cx < x1 + 0.5))[None]
        mask[:, :, c][touched & (target[:, :, c] == 0)] = 0
        sx, sy = 0.1 * (x1 - x0), 0.1 * (y1 - y0)
        inside = ((cy > y0 + sy) & (cy < y1 - sy))[:, None] & ((cx > x0 + sx) & (cx < x1 - sx))[None]
        inside[min(gh - 1, int((y0 + y1) / 2)), min(gw - 1, int((x0 + x1) / 2))] = True
        target[:, :, c][inside] = 1
        mask[:, :, c][inside] = 1
    return target, mask


def sample_weights(parts, budget):
    """A weight per row: each source gets its budget, shared by scene rather than by frame."""
    rows = [row for part in parts for row in part.rows]
    key = lambda row: (row["source"], bool(row["fire"]) or bool(row["smoke"]))
    scene = Counter((key(r), r["group"]) for r in rows)
    raw = [scene[key(r), r["group"]] ** -0.5 for r in rows]
    total = Counter()
    for r, w in zip(rows, raw):
        total[key(r)] += w
    flat = [w / total[key(r)] * budget(*key(r)) for r, w in zip(rows, raw)]
    out, at = [], 0
    for part in parts:
        out.append(torch.tensor(flat[at:at + len(part.rows)], dtype=torch.float64))
        at += len(part.rows)
    return out


# ---------------------------------------------------------------------------- training


def loss_of(heat, picture, part, pick):
    known = part.known[pick]
    mask = (known >= 0).float()
    picture_loss = F.binary_cross_entropy_with_logits(picture, known.clamp(min=0) * 0.98 + 0.01, reduction="none")
    picture_loss = (picture_loss * mask).sum() / mask.sum().clamp(min=1)
    target, cell_mask = part.cells[pick], part.cell_mask[pick]
    cell_loss = F.binary_cross_entropy_with_logits(heat, target, reduction="none")
    certainty = torch.sigmoid(heat).detach()
    focus = ((certainty - target).abs() ** 1.5) + 0.02
    cell_loss = (cell_loss * focus * cell_mask).sum() / (target * cell_mask).sum().clamp(min=20)
    return picture_loss + cell_loss


def standardisation(parts):
    def of(maps):
        x = torch.cat([m[::7].float().permute(0, 2, 3, 1).reshape(-1, m.shape[1]) for m in maps])
        return x.mean(0), x.std(0) + 1e-3
    m16, s16 = of([p.s16 for p in parts])
    m32, s32 = of([p.s32 for p in parts])
    return m16, s16, m32, s32


def train(parts, budget, steps, seed, batch=32, rate=2e-3, log=print):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    head = Head(*standardisation(parts))
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, pct_start=0.1)
    weights = sample_weights(parts, budget)
    part_share = np.array([w.sum().item() for w in weights])
    part_share /= part_share.sum()
    average = {k: v.clone() for k, v in head.state_dict().items()}
    for step in range(steps):
        # Two shapes a step: a step made of one shape only would swing between kinds of source.
        optimiser.zero_grad()
        for chosen in rng.choice(len(parts), 2, p=part_share):
            part = parts[chosen]
            pick = torch.multinomial(weights[chosen], min(batch, len(part.rows)), replacement=True)
            heat, picture = head(part.s16[pick].float(), part.s32[pick].float(), drop=0.15)
            loss = loss_of(heat, picture, part, pick)
            (loss / 2).backward()
        optimiser.step()
        schedule.step()
        for k, v in head.state_dict().items():
            average[k].lerp_(v, 0.01 if step > 100 else 1.0)
        if step % 100 == 0:
            log(f"step {step}: loss {loss.item():.3f}", flush=True)
    head.load_state_dict(average)
    return head.eval()


@torch.inference_mode()
def scores(head, parts):
    """Rows with their picture scores and heat maps' maxima, in order of the parts."""
    out = []
    for part in parts:
        for start in range(0, len(part.rows), 64):
            heat, picture = head(part.s16[start:start + 64].float(), part.s32[start:start + 64].float())
            for row, h, p in zip(part.rows[start:start + 64], torch.sigmoid(heat), torch.sigmoid(picture)):
                out.append({**row, "score": p.tolist(), "heat": h.half().numpy()})
    return out
