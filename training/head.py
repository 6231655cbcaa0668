"""The small network on top of the trunk, its training data and its training.

Every cell of the stride-16 grid gets its own features, those of the stride-32 cell it lies in and the
mean of the whole picture; two rounds of a 5x5 look at the neighbours and a hidden layer, and out come for each kind a heat, a
quality and four distances (`boxes.py`). The picture's own scores are read from the mean and the maximum of the last hidden
layer and the highest heats.
"""

import json
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import boxes
import data
import trunk

FEATURES = Path(__file__).parent / "work" / "features"
HIDDEN, NECK = 128, 96
C16, C32 = 112, 320
KINDS = len(data.CLASSES)


class Head(nn.Module):
    def __init__(self, mean16, spread16, mean32, spread32):
        super().__init__()
        for name, value in (("mean16", mean16), ("spread16", spread16), ("mean32", mean32), ("spread32", spread32)):
            self.register_buffer(name, value)
        self.cell = nn.Linear(C16, HIDDEN)
        self.wide = nn.Linear(C32, HIDDEN, bias=False)
        self.whole = nn.Linear(C32, HIDDEN, bias=False)
        self.around1 = nn.Conv2d(HIDDEN, HIDDEN, 5, padding=2, groups=HIDDEN)
        self.mix1 = nn.Linear(HIDDEN, HIDDEN)
        self.around2 = nn.Conv2d(HIDDEN, HIDDEN, 5, padding=2, groups=HIDDEN)
        self.mix2 = nn.Linear(HIDDEN, NECK)
        # Columns: heats, qualities, then left, top, right, bottom of each kind.
        self.cells = nn.Linear(NECK, 6 * KINDS)
        self.picture = nn.Linear(2 * NECK + KINDS, KINDS)
        with torch.no_grad():
            self.cells.bias[:KINDS] = -3.0
            self.cells.bias[2 * KINDS:] = 0.9

    def forward(self, s16, s32, drop=0.0):
        s16 = (s16.permute(0, 2, 3, 1) - self.mean16) / self.spread16
        s32 = (s32.permute(0, 2, 3, 1) - self.mean32) / self.spread32
        if drop:
            s16 = s16 * F.dropout(torch.ones_like(s16[:, :1, :1]), drop)
            s32 = s32 * F.dropout(torch.ones_like(s32[:, :1, :1]), drop)
        wide = self.wide(s32).repeat_interleave(2, 1).repeat_interleave(2, 2)
        h = F.relu6(self.cell(s16) + wide + self.whole(s32.mean((1, 2)))[:, None, None])
        for around, mix in ((self.around1, self.mix1), (self.around2, self.mix2)):
            h = F.relu6(around(h.permute(0, 3, 1, 2))).permute(0, 2, 3, 1)
            h = F.relu6(mix(h))
        if drop:
            h = F.dropout(h, drop)
        cells = self.cells(h)
        heat = cells[..., :KINDS]
        pooled = torch.cat([h.mean((1, 2)), h.amax((1, 2)), heat.amax((1, 2))], 1)
        return cells, self.picture(pooled)


class Net(nn.Module):
    """The upper part of the trunk and the head: stride-16 maps in, cells and picture scores (logits) out."""

    def __init__(self, upper, head):
        super().__init__()
        self.upper, self.head = upper, head

    def forward(self, s16, drop=0.0, frozen=False):
        if frozen:
            with torch.no_grad():
                s32 = self.upper(s16)
        else:
            s32 = self.upper(s16)
        return self.head(s16, s32, drop)


# ---------------------------------------------------------------------------- data


class Part:
    """One cached part and shape: feature maps in memory, labels beside them."""

    def __init__(self, stem, keep=lambda row: True):
        rows = [json.loads(line) for line in open(str(stem) + ".jsonl", encoding="utf-8")]
        index = [i for i, row in enumerate(rows) if keep(row)]
        self.rows = [rows[i] for i in index]
        maps = np.load(str(stem) + ".npy", mmap_mode="r")
        self.s16 = torch.from_numpy(maps[index] if len(index) < len(rows) else np.array(maps)) if index else None
        if not index:
            return
        self.grid = tuple(self.s16.shape[2:])
        both = [boxes.targets(row, self.grid) for row in self.rows]
        self.heat = torch.from_numpy(np.stack([heat for heat, _ in both]))
        self.sides = torch.from_numpy(np.stack([sides for _, sides in both]))
        known = [[-1.0 if row[c] is None else float(row[c]) for c in data.CLASSES] for row in self.rows]
        self.known = torch.tensor(known).reshape(-1, KINDS)
        self.quiet = torch.tensor([not any(row[c] is not False for c in data.CLASSES) for row in self.rows])


def load(*names, keep=lambda row: True):
    parts = []
    for name in names:
        for path in sorted(FEATURES.glob(f"{name}.*.jsonl")):
            part = Part(path.with_suffix(""), keep)
            if part.rows:
                parts.append(part)
    return parts


def maps(part, pick):
    """Feature maps as the network takes them; with channels innermost its convolutions run almost twice as fast."""
    return part.s16[pick].float().contiguous(memory_format=torch.channels_last)


def shows(row):
    """What a row shows, in one word."""
    seen = [c for c in data.CLASSES if row[c]]
    return "+".join(seen) or "none"


def sample_weights(parts, budget):
    """A weight per row: each source gets its budget, shared by scene rather than by frame."""
    rows = [row for part in parts for row in part.rows]
    key = lambda row: (row["source"], shows(row))
    scene = Counter((key(r), r["group"]) for r in rows)
    raw = [scene[key(r), r["group"]] ** -0.6 for r in rows]
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


def loss_of(cells, picture, part, pick):
    known = part.known[pick]
    mask = (known >= 0).float()
    picture_loss = F.binary_cross_entropy_with_logits(picture, known.clamp(min=0) * 0.96 + 0.02, reduction="none")
    picture_loss = (picture_loss * mask).sum() / mask.sum().clamp(min=1)

    target = part.heat[pick]
    cell_mask, target = (target != 255).float(), (target == 1).float()
    heat = cells[..., :KINDS]
    cell_loss = F.binary_cross_entropy_with_logits(heat, target, reduction="none")
    certainty = torch.sigmoid(heat).detach()
    focus = ((certainty - target).abs() ** 1.5) + 0.02
    cell_loss = (cell_loss * focus * cell_mask).sum() / (target * cell_mask).sum().clamp(min=20)

    inside = target > 0
    if not inside.any():
        return picture_loss + cell_loss
    sides = part.sides[pick][inside].float()
    logs = cells[..., 2 * KINDS:].unflatten(-1, (KINDS, 4))
    iou, giou = boxes.overlap(boxes.corners(logs, part.grid)[inside], sides)
    # Every box counts alike, whatever the number of its cells.
    share = ((sides[:, 2:] - sides[:, :2]).prod(-1)).clamp(min=1) ** -0.5
    box_loss = ((1 - giou) * share).sum() / share.sum()
    quality = cells[..., KINDS:2 * KINDS][inside]
    quality_loss = F.binary_cross_entropy_with_logits(quality, iou.detach().clamp(0, 1))
    return picture_loss + cell_loss + box_loss + 0.5 * quality_loss


def standardisation(parts, upper):
    def of(maps):
        x = torch.cat([m.float().permute(0, 2, 3, 1).reshape(-1, m.shape[1]) for m in maps])
        return x.mean(0), x.std(0) + 1e-3
    some = [p.s16[::max(1, len(p.rows) // 12)].float() for p in parts]
    with torch.inference_mode():
        m16, s16 = of(some)
        m32, s32 = of([upper(m) for m in some])
    return m16.clone(), s16.clone(), m32.clone(), s32.clone()


# A quiet picture is drawn this often (times its weight) once the net is sure of it, and so much more where it errs.
EASY, HARD = 0.4, 4.0


def train(parts, budget, plan, seed, snapshots=None, log=print):
    """Trains in three stages: the head on a frozen upper part; both; and, after the way from the first result to the second has been gone
    only in part (`kept`), the head again. Nets trained to the end know the few scenes too well: going back part of the way gives up
    little on them and wins much on others (Wortsman et al., arXiv 2109.01903).

    `plan`: steps of the stages (`frozen`, `free`, `settle`), `kept`, `batch`, rates of the head, of the upper part and of the last
    stage. Results of the first two stages are written to the folder `snapshots`; where they are, they are not made again.
    """
    torch.manual_seed(seed)
    upper = trunk.Upper(trunk.half_rounded(trunk.folded_weights()))
    net = Net(upper, Head(*standardisation(parts, upper)))
    draw = Draw(parts, sample_weights(parts, budget), plan["batch"], seed)
    kept = [snapshots and snapshots / f"{name}.pt" for name in ("frozen", "free")]
    if snapshots and all(path.exists() for path in kept):
        first, second = (torch.load(path, weights_only=True) for path in kept)
    else:
        first, second = two_stages(net, draw, plan, log)
        if snapshots:
            snapshots.mkdir(exist_ok=True)
            for path, state in zip(kept, (first, second)):
                torch.save(state, path)
    net.load_state_dict({k: torch.lerp(first[k], second[k], plan["kept"]) for k in second})
    optimiser = torch.optim.AdamW(net.head.parameters(), lr=plan["settle_rate"], weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, total_iters=plan["settle"])
    average = run(net, draw, optimiser, schedule, range(plan["settle"]), True, 0.03, log)
    net.load_state_dict(average)
    return net.eval()


def two_stages(net, draw, plan, log):
    """Mean weights after the frozen and after the free stage."""
    groups = [{"params": net.head.parameters(), "lr": plan["rate"], "weight_decay": 0.02},
              {"params": net.upper.parameters(), "lr": plan["upper_rate"], "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups)
    steps = plan["frozen"] + plan["free"]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, [g["lr"] for g in groups], total_steps=steps, pct_start=0.15)
    average = run(net, draw, optimiser, schedule, range(plan["frozen"]), True, 0.008, log)
    first = {k: v.clone() for k, v in average.items()}
    return first, run(net, draw, optimiser, schedule, range(plan["frozen"], steps), False, 0.008, log, average)


class Draw:
    """Draws batches by weight, and changes the weights as it learns what is easy."""

    def __init__(self, parts, weights, batch, seed):
        self.parts, self.weights, self.batch = parts, weights, batch
        self.rng = np.random.default_rng(seed)
        share = np.array([w.sum().item() for w in weights])
        self.share = share / share.sum()
        self.factor = [torch.ones(len(part.rows), dtype=torch.float64) for part in parts]

    def batches(self):
        # Two shapes a step: a step made of one shape only would swing between kinds of source.
        for chosen in self.rng.choice(len(self.parts), 2, p=self.share):
            part = self.parts[chosen]
            yield chosen, part, torch.multinomial(self.weights[chosen], min(self.batch, len(part.rows)), replacement=True)

    def remember(self, chosen, pick, picture):
        """Changes how often the quiet ones among the rows just seen are drawn: mining of hard negatives as it goes."""
        quiet = self.parts[chosen].quiet[pick]
        rows = pick[quiet]
        if len(rows):
            factor = EASY + HARD * torch.sigmoid(picture.detach()[quiet]).amax(1).double()
            self.weights[chosen][rows] *= factor / self.factor[chosen][rows]
            self.factor[chosen][rows] = factor


def run(net, draw, optimiser, schedule, steps, frozen, inertia, log, average=None):
    """Runs some steps; returns the running mean of the weights, which goes on from `average`."""
    average = average or {k: v.clone() for k, v in net.state_dict().items()}
    start, losses = time.time(), []
    for done, step in enumerate(steps):
        optimiser.zero_grad()
        for chosen, part, pick in draw.batches():
            cells, picture = net(maps(part, pick), drop=0.15, frozen=frozen)
            loss = loss_of(cells, picture, part, pick)
            (loss / 2).backward()
            losses.append(loss.item())
            draw.remember(chosen, pick, picture)
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        schedule.step()
        for k, v in net.state_dict().items():
            average[k].lerp_(v, max(inertia, 1 / (step / 2 + 1)))
        if done % 100 == 99:
            log(f"step {step + 1}: loss {np.mean(losses[-200:]):.3f}, {(time.time() - start) / (done + 1):.2f} s a step", flush=True)
    return average


@torch.inference_mode()
def scores(net, parts, with_boxes=True):
    """Rows with their picture scores, highest heats and boxes of each kind, in order of the parts."""
    out = []
    for part in parts:
        for start in range(0, len(part.rows), 32):
            cells, picture = net(maps(part, slice(start, start + 32)))
            logs = cells[..., 2 * KINDS:].unflatten(-1, (KINDS, 4))
            corner = boxes.corners(logs, part.grid).numpy()
            heat, quality = torch.sigmoid(cells[..., :KINDS]), torch.sigmoid(cells[..., KINDS:2 * KINDS])
            score = (heat * quality).numpy()
            peak = heat.amax((1, 2)).numpy()
            for i, (row, p) in enumerate(zip(part.rows[start:start + 32], torch.sigmoid(picture))):
                found = [boxes.found(score[i, :, :, c], corner[i, :, :, c], part.grid) for c in range(KINDS)] if with_boxes else None
                out.append({**row, "score": p.tolist(), "peak": peak[i].tolist(), "found": found})
    return out
