"""Writes the weights file the Rust engine reads and the small fixture its golden test compares with."""

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

import head as head_module
import trunk

REPOSITORY = Path(__file__).parent.parent
MODEL = REPOSITORY / "models" / "firesmoke.safetensors"
GOLDEN = REPOSITORY / "crates" / "vision" / "tests" / "fixtures" / "firesmoke_golden.json"
GOLDEN_SIZE = (96, 64)


def engine_layout(weights):
    """PyTorch layouts -> inputs x outputs, and kernel positions x channels for depthwise filters."""
    out = {}
    for name, w in weights.items():
        if name == "stem.weight":
            w = w.permute(2, 3, 1, 0).reshape(27, -1)
        elif name.endswith("depthwise.weight"):
            w = w.permute(2, 3, 1, 0).reshape(-1, w.shape[0])
        elif name.endswith(".weight"):
            w = w.reshape(w.shape[0], -1).T
        out[name] = w
    return out


def folded_head(head):
    """The head with the standardisation of its inputs folded into its first layer."""
    s = head.state_dict()
    cell, wide, whole = s["cell.weight"] / s["spread16"], s["wide.weight"] / s["spread32"], s["whole.weight"] / s["spread32"]
    bias = s["cell.bias"] - cell @ s["mean16"] - wide @ s["mean32"] - whole @ s["mean32"]
    out = {
        "head.cell.weight": cell.T, "head.cell.bias": bias,
        "head.wide.weight": wide.T, "head.wide.bias": torch.zeros(wide.shape[0]),
        "head.whole.weight": whole.T, "head.whole.bias": torch.zeros(whole.shape[0]),
    }
    for name in ("around1", "around2"):
        w = s[name + ".weight"]
        out[f"head.{name}.weight"], out[f"head.{name}.bias"] = w.permute(2, 3, 1, 0).reshape(-1, w.shape[0]), s[name + ".bias"]
    for name in ("mix1", "mix2", "cells", "picture"):
        out[f"head.{name}.weight"], out[f"head.{name}.bias"] = s[name + ".weight"].T, s[name + ".bias"]
    return out


def all_weights(net):
    """Every tensor of the file, in the engine's layouts."""
    lower = trunk.half_rounded(trunk.folded_weights())
    return engine_layout(lower | {n: w.detach() for n, w in net.upper.named_weights().items()}) | folded_head(net.head)


def pattern(width, height):
    """The synthetic picture of the golden test; the same formula stands in the Rust test."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * 5 + y * 11 + c * 67 + (x * y) // 8) % 256).astype(np.float32)


def write(net, version, thresholds, path=MODEL):
    """Writes a weights file; for the shipped one also the golden fixture."""
    half = {k: v.half().contiguous() for k, v in all_weights(net).items()}
    digest = hashlib.sha256()
    for name in sorted(half):
        digest.update(name.encode() + half[name].numpy().tobytes())
    metadata = {"format": "watchfire-firesmoke-2", "version": f"{version}+{digest.hexdigest()[:8]}"}
    metadata |= {k: f"{v:.4f}" for k, v in thresholds.items()}
    path.parent.mkdir(exist_ok=True)
    save_file(half, str(path), metadata)
    path.chmod(0o644)
    if path == MODEL:
        write_golden(net)
    return metadata["version"]


@torch.inference_mode()
def write_golden(net):
    x = torch.from_numpy(pattern(*GOLDEN_SIZE)).permute(2, 0, 1)[None]
    s16 = trunk.lower(trunk.half_rounded(trunk.folded_weights()), x)
    s32 = net.upper(s16)
    cells, picture = net.head(s16, s32)
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    rounded = lambda t: [round(float(v), 4) for v in t.flatten()]
    GOLDEN.write_text(json.dumps({
        "width": GOLDEN_SIZE[0], "height": GOLDEN_SIZE[1],
        # Every 97th value, channels innermost, as the engine stores maps.
        "stride16": rounded(s16[0].permute(1, 2, 0).flatten()[::97]),
        "stride32": rounded(s32[0].permute(1, 2, 0).flatten()[::97]),
        "cells": rounded(cells[0]), "picture": rounded(picture[0]),
    }, indent=1) + "\n")


def load_net(path):
    state = torch.load(path, weights_only=True)
    buffers = [state["head." + n] for n in ("mean16", "spread16", "mean32", "spread32")]
    net = head_module.Net(trunk.Upper(trunk.half_rounded(trunk.folded_weights())), head_module.Head(*buffers))
    net.load_state_dict(state)
    return net.eval()
