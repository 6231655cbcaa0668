#!/usr/bin/env python3
"""What looking at a camera costs, beside the way of decoding every picture, in the same run on the same core.

  bench/looking.py [--binary target/demo/watchfire] [--source FILE] [--rounds 3] [--core 0] [--busy 0.2] [--json FILE]

Footage of people walking (vtest.avi of Debian's opencv-doc, or SOURCE) is made into three streams of 25 pictures a second with a key
picture every two seconds. The every-picture way is one ffmpeg a camera that decodes everything and gives five pictures a second of
320 x 320 (`-vf fps=5,scale=320:320`), each busy one of which goes into the same model. Our way is `watchfire sizing --film`: key
pictures decoded, compared, and shown to the model when something moves. Both at the same share of busy looks; processor time of
user and system, medians of the rounds, one thread pinned to one core. Leave the machine alone meanwhile.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile

LENGTH_S = 30
EVERY_PICTURE_HZ = 5
INTERVAL_S = 2.0
SOURCE = "/usr/share/doc/opencv-doc/examples/data/vtest.avi"
STREAMS = [
    ("1080p25 H.264 2 Mbit/s", 1920, 1080, "2000k", "h264"),
    ("704x576 H.264 512 kbit/s", 704, 576, "512k", "h264"),
    ("1080p25 H.265 2 Mbit/s", 1920, 1080, "2000k", "h265"),
]


def film(folder, source, width, height, rate, coding):
    path = folder / f"{width}-{coding}.mp4"
    common = ["-b:v", rate, "-maxrate", rate, "-bufsize", rate, "-g", "50", "-bf", "0", "-pix_fmt", "yuv420p"]
    if coding == "h264":
        how = ["-c:v", "libx264", "-preset", "medium", "-refs", "1", "-keyint_min", "50", "-sc_threshold", "0"]
    else:
        how = ["-c:v", "libx265", "-preset", "fast", "-tag:v", "hvc1", "-x265-params",
               "bframes=0:ref=1:keyint=50:min-keyint=50:scenecut=0:open-gop=0:log-level=error"]
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-i", source, "-t", str(LENGTH_S), "-vf",
         f"scale={width}:{height}:flags=lanczos,fps=25,noise=alls=3:allf=t", "-an", *how, *common, str(path)], check=True)
    return path


def processor_ms(command):
    """Processor time of a command and its output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), told


def every_picture(path, core):
    command = ["taskset", "-c", str(core), "ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", str(path), "-vf",
               f"fps={EVERY_PICTURE_HZ},scale=320:320", "-f", "null", "-pix_fmt", "rgb24", "-"]
    return processor_ms(command)[0] / LENGTH_S


def ours(path, arguments):
    command = ["taskset", "-c", str(arguments.core), arguments.binary, "sizing", "--cameras", "1", "--film", str(path), "--interval-s",
               str(INTERVAL_S), "--busy", str(arguments.busy), "--json"]
    return json.loads(processor_ms(command)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=os.environ.get("WATCHFIRE_BINARY", "target/demo/watchfire"))
    parser.add_argument("--source", default=SOURCE)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--busy", type=float, default=0.2)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    rows = []
    print("| stream | every picture, ms a camera-second | cameras a core | ours: decode / compare / model, ms a look | "
          "ms a camera-second | cameras a core | ratio |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="watchfire-looking-") as made:
        for name, width, height, rate, coding in STREAMS:
            path = film(pathlib.Path(made), arguments.source, width, height, rate, coding)
            rounds = [(every_picture(path, arguments.core), ours(path, arguments)) for _ in range(arguments.rounds)]
            looks = {key: statistics.median(ours[key] for _, ours in rounds)
                     for key in ("decode_ms_per_look", "compare_ms_per_look", "model_ms_per_busy_look", "ms_per_camera_s")}
            decoded_ms = statistics.median(every for every, _ in rounds)
            every_ms = decoded_ms + EVERY_PICTURE_HZ * arguments.busy * looks["model_ms_per_busy_look"]
            ours_ms = looks["ms_per_camera_s"]
            rows.append({"stream": name, "every_picture_decode_ms": decoded_ms, "every_picture_ms": every_ms, **looks})
            print(f"| {name} | {every_ms:.1f} ({decoded_ms:.1f} of it decoding) | {1000 / every_ms:.0f} | {looks['decode_ms_per_look']:.1f} / "
                  f"{looks['compare_ms_per_look']:.1f} / {looks['model_ms_per_busy_look']:.1f} | {ours_ms:.1f} | {1000 / ours_ms:.0f} | "
                  f"{every_ms / ours_ms:.1f} |", flush=True)
    print(f"load {os.getloadavg()[0]:.1f}")
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
