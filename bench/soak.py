#!/usr/bin/env python3
"""Hours of recording from cameras that misbehave, with a recorder that is killed now and then; afterwards every file has to be readable.

  bench/soak.py [--minutes 60] [--streams 12] [--binary target/demo/watchfire] [--folder DIR] [--seed 1]

A quarter of the cameras drop the connection every 15 s, a quarter fall silent for 30 s a round, a quarter have clocks that jump back an hour,
and the rest behave. `watchfire record` takes them all, for one to five minutes at a time; then it is stopped in an orderly way or killed,
by turns, and started again on the same folder. At the end every file is read whole by ffprobe, which must not say a word, and pictures
on disk are set against pictures received in the orderly rounds. The result is 1 where a file cannot be read, a received picture is
not on disk, or memory at the end of a long round is a quarter above that of its first minute.
"""

import argparse
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

FAULTS = [["--drop-after", "15"], ["--silent", "20", "50"], ["--jump", "25", "-3600"], []]
SETTLED_S = 60
GROWTH_MAX = 1.25
ROUND_S = (60, 300)


def clip(folder):
    path = folder / "pattern.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=60", "-f", "lavfi", "-i",
         "sine=duration=60", "-c:v", "libx264", "-b:v", "512k", "-g", "50", "-bf", "0", "-pix_fmt", "yuv420p", "-c:a", "aac",
         "-ar", "16000", str(path)], check=True)
    return path


def memory_kib(pid):
    try:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def cameras(binary, video, count):
    """The processes, and their addresses."""
    processes, urls = [], []
    for number, faults in enumerate(FAULTS):
        here = count // len(FAULTS) + (number < count % len(FAULTS))
        if here == 0:
            continue
        process = subprocess.Popen(
            [binary, "simulate", "rtsp", "--listen", "127.0.0.1:0", "--count", str(here), "--video", str(video), *faults],
            stdout=subprocess.PIPE, text=True)
        urls += [process.stdout.readline().strip() for _ in range(here)]
        processes.append(process)
    return processes, urls


def one_round(arguments, urls, disk, seconds, is_killed):
    command = [arguments.binary, "record", "--data", str(disk), "--json", *urls]
    recorder = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    began, settled, last = time.monotonic(), 0, 0
    while time.monotonic() - began < seconds:
        time.sleep(5)
        if recorder.poll() is not None:
            sys.exit(f"the recorder ended by itself: {recorder.returncode}")
        last = memory_kib(recorder.pid)
        if settled == 0 and time.monotonic() - began >= min(SETTLED_S, seconds / 2):
            settled = last
    recorder.send_signal(signal.SIGKILL if is_killed else signal.SIGINT)
    told, _ = recorder.communicate(timeout=60)
    lines = [json.loads(line) for line in told.splitlines()]
    return {
        "seconds": round(seconds), "ended": "killed" if is_killed else "orderly", "memory_mib": [settled >> 10, last >> 10],
        "received": sum(line["received_frames"] for line in lines), "grew": seconds > 2 * SETTLED_S and last > settled * GROWTH_MAX,
    }


def probed(path):
    """Whole pictures of a file, and whether it is read without a word."""
    result = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of",
         "csv=p=0", str(path)], capture_output=True, text=True)
    digits = result.stdout.strip().strip(",")
    return (int(digits) if digits.isdigit() else 0), digits.isdigit() and not result.stderr.strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--streams", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to record; the temporary folder when left out")
    parser.add_argument("--binary", default=os.environ.get("WATCHFIRE_BINARY", "target/demo/watchfire"))
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory(prefix="watchfire-soak-", dir=arguments.folder) as made:
        folder = pathlib.Path(made)
        processes, urls = cameras(arguments.binary, clip(folder), arguments.streams)
        disk, counted, is_bad = folder / "disk", set(), False
        ends, number = time.monotonic() + arguments.minutes * 60, 0
        try:
            while time.monotonic() < ends:
                seconds = min(chance.uniform(*ROUND_S), max(20, ends - time.monotonic()))
                result = one_round(arguments, urls, disk, seconds, is_killed=number % 2 == 1)
                fresh = [path for path in disk.rglob("*.mp4") if path not in counted]
                counted.update(fresh)
                found = [probed(path) for path in fresh]
                result["files"], result["pictures"] = len(found), sum(pictures for pictures, _ in found)
                result["unreadable"] = sum(1 for _, is_read in found if not is_read)
                    # What is received is read a moment before the end.
                is_short = result["ended"] == "orderly" and result["pictures"] < result["received"]
                is_bad |= result["unreadable"] > 0 or result["grew"] or is_short
                print(json.dumps(result), flush=True)
                number += 1
        finally:
            for process in processes:
                process.terminate()
    print("bad" if is_bad else "good")
    sys.exit(1 if is_bad else 0)


if __name__ == "__main__":
    main()
