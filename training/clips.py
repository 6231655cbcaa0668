"""Cuts the labelled clips into pictures, and reads back what the shipped pipeline saw in them.

The pipeline itself is the Rust code: `cargo run -p watchfire-vision --example watch_folder`.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

import data
from export import MODEL

FRAMES = Path(__file__).parent / "work" / "clip_frames"
WATCHED = Path(__file__).parent / "work" / "watched"
PER_SECOND = 1.0
# Slideshows of labelled pictures without true times: every picture shown for a second.
SLIDESHOW_PER_SECOND = 4.0


def cut():
    """Writes one folder of JPEG pictures per clip; returns [(clip, folder)]."""
    out = []
    for clip in data.clips():
        folder = FRAMES / Path(clip["video"]).stem
        out.append((clip, folder))
        if folder.exists():
            continue
        staging = folder.with_suffix(".part")
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        rate = SLIDESHOW_PER_SECOND if clip["video"].startswith("cctvseq_") else PER_SECOND
        for i, picture in enumerate(data.clip_pictures(clip, rate)):
            Image.fromarray(picture).save(staging / f"{i:04}.jpg", quality=92)
        staging.rename(folder)
    return out


def watch(folders, weights=MODEL, seconds=1.0):
    """Runs the pipeline over folders; one dictionary a folder. What these weights have seen already is not shown to them again."""
    memory = WATCHED / f"{hashlib.sha256(weights.read_bytes()).hexdigest()[:12]}.json"
    seen = json.loads(memory.read_text()) if memory.exists() else {}
    new = [str(f) for f in folders if str(f) not in seen]
    if new:
        command = ["cargo", "run", "--quiet", "-p", "watchfire-vision", "--example", "watch_folder", "--", str(weights), str(seconds)]
        done = subprocess.run(command + new, check=True, capture_output=True, text=True)
        seen |= dict(zip(new, map(json.loads, done.stdout.splitlines())))
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps(seen))
    return [seen[str(f)] for f in folders]


def confirmed(result, kind):
    """Seconds of the first confirmation of a kind, or None."""
    times = [o["at_s"] for o in result["observations"] if o["kind"] == kind and o["certainty"] == "confirmed"]
    return min(times) if times else None


if __name__ == "__main__":
    for (clip, _), result in zip(cut(), watch([folder for _, folder in cut()])):
        shown = " ".join(f"{kind} {result[kind]:.2f} {confirmed(result, kind)}" for kind in ("flame", "smoke", "open_flame"))
        print(clip["split"], clip["video"], clip["label"], shown, file=sys.stdout)
