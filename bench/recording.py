#!/usr/bin/env python3
"""What recording costs, beside ffmpeg in the same run.

  bench/recording.py [--streams 32] [--seconds 60] [--rounds 3] [--video FILE] [--binary target/demo/watchfire]

Cameras are `watchfire simulate rtsp` on the loopback: 1080p25 at 2 Mbit/s with a key picture every two seconds, made once by ffmpeg. In turn,
`watchfire record` and one `ffmpeg -c copy` a stream (files of a minute) take them for SECONDS after a warm-up. Processor time is user and
system of the whole process tree, memory is the sum of PSS at its highest. Then both are stopped in an orderly way and the pictures on
disk are counted. Prints a line a run and the ratio of the medians; leave the machine alone meanwhile.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP_S = 8
# Looked at every five seconds, told once a minute.
MEMORY_EVERY = 12
PORT = 18_554
CLIP_S = 30


def children(pid):
    for task in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield int(child)
            yield from children(child)


def of_tree(pids, read):
    total = 0
    for pid in pids:
        for one in [pid, *children(pid)]:
            try:
                total += read(one)
            except (FileNotFoundError, ProcessLookupError):
                pass
    return total


def processor_s(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_mib(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0


def clip(folder):
    path = folder / "main.h264"
    print("making the clip …", file=sys.stderr)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25", "-t", str(CLIP_S),
         "-vf", "noise=alls=6:allf=t", "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p",
         "-b:v", "2000k", "-minrate", "2000k", "-maxrate", "2000k", "-bufsize", "4000k", "-g", "50", "-keyint_min", "50",
         "-sc_threshold", "0", "-bf", "0", "-x264-params", "nal-hrd=cbr", "-f", "h264", str(path)],
        check=True)
    return path


def pictures(folder):
    """Whole pictures in all files of a folder, and files that cannot be read."""
    count = bad = 0
    for path in folder.rglob("*.mp4"):
        probed = subprocess.run(
            ["ffprobe", "-v", "error", "-select_streams", "v", "-count_packets", "-show_entries", "stream=nb_read_packets",
             "-of", "csv=p=0", str(path)], capture_output=True, text=True)
        digits = probed.stdout.strip().strip(",")
        if digits.isdigit():
            count += int(digits)
        else:
            bad += 1
    return count, bad


def start(tool, urls, folder, binary):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if tool == "watchfire":
        names = folder / "urls"
        names.write_text("\n".join(urls))
        command = [binary, "record", "--from-file", str(names), "--data", str(folder / "disk"), "--json"]
        return [subprocess.Popen(command, stdout=(folder / "told").open("w"), stderr=subprocess.DEVNULL)]
    return [
        subprocess.Popen(
            ["ffmpeg", "-v", "error", "-rtsp_transport", "tcp", "-i", url, "-map", "0:v", "-c", "copy", "-f", "segment",
             "-segment_time", "60", str(folder / f"{number:03}-%03d.mp4")], stdin=subprocess.DEVNULL, **quiet)
        for number, url in enumerate(urls)]


def run(tool, arguments, urls, binary):
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"watchfire-{tool}-", dir=arguments.folder))
    try:
        processes = start(tool, urls, folder, binary)
        time.sleep(WARM_UP_S)
        pids = [process.pid for process in processes]
        before, began = of_tree(pids, processor_s), time.monotonic()
        memory = [of_tree(pids, memory_mib)]
        while time.monotonic() - began < arguments.seconds:
            time.sleep(5)
            memory.append(of_tree(pids, memory_mib))
        used, minutes = of_tree(pids, processor_s) - before, (time.monotonic() - began) / 60
        for process in processes:
            process.send_signal(signal.SIGINT)
        for process in processes:
            process.wait(60)
        kept, bad = pictures(folder)
        result = {
            "tool": tool, "streams": len(urls), "processor_s_per_stream_minute": round(used / minutes / len(urls), 4),
            "memory_mib_per_stream": round(max(memory) / len(urls), 2),
            "memory_mib_each_minute": [round(one, 1) for one in memory[::MEMORY_EVERY]], "pictures": kept, "unreadable_files": bad,
            "load": round(os.getloadavg()[0], 1),
        }
        if tool == "watchfire":
            told = [json.loads(line) for line in (folder / "told").read_text().splitlines()]
            result["received"] = sum(line["received_frames"] for line in told)
            result["lost_s"] = sum(line["lost_s"] for line in told)
        print(json.dumps(result), flush=True)
        return result
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=32)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--video")
    parser.add_argument("--tools", default="watchfire,ffmpeg")
    parser.add_argument("--folder", help="where to record; the temporary folder when left out")
    parser.add_argument("--binary", default=os.environ.get("WATCHFIRE_BINARY", "target/demo/watchfire"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="watchfire-recording-") as made:
        video = arguments.video or str(clip(pathlib.Path(made)))
        cameras = subprocess.Popen(
            [arguments.binary, "simulate", "rtsp", "--count", str(arguments.streams), "--listen", f"127.0.0.1:{PORT}",
             "--video", video], stdout=subprocess.PIPE, text=True)
        try:
            urls = [cameras.stdout.readline().strip() for _ in range(arguments.streams)]
            tools = arguments.tools.split(",")
            results = [run(tool, arguments, urls, arguments.binary) for _ in range(arguments.rounds) for tool in tools]
        finally:
            cameras.terminate()
            cameras.wait()
    medians = {
        tool: statistics.median(one["processor_s_per_stream_minute"] for one in results if one["tool"] == tool)
        for tool in tools}
    if {"watchfire", "ffmpeg"} <= medians.keys():
        print(f"watchfire / ffmpeg: {medians['watchfire'] / medians['ffmpeg']:.2f}")


if __name__ == "__main__":
    main()
