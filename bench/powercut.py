#!/usr/bin/env python3
"""How many seconds of footage a power cut takes, beside ffmpeg in the same run. Needs root, for a file system of its own.

  sudo bench/powercut.py [--streams 4] [--at 70,95,118] [--binary target/demo/watchfire]

`watchfire record` and ffmpeg (a process a stream; files of a minute, plain and fragmented) record the same simulated cameras onto one ext4 in a
loop file. After so many seconds that file system is shut down without flushing anything (the ioctl by which file systems are tested for
power cuts), the programs are killed, the journal is replayed by mounting again, and what is left is counted. How much there should be
says a second `watchfire record` on another file system, stopped in an orderly way at the same moment.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from recording import clip, pictures  # noqa: E402

PORT = 18_555
FRAME_RATE = 25
DISK = "4G"


def system(*command):
    subprocess.run(command, check=True, capture_output=True, text=True)


def ffmpeg(urls, folder, flags):
    folder.mkdir()
    return [
        subprocess.Popen(
            ["ffmpeg", "-v", "error", "-rtsp_transport", "tcp", "-i", url, "-map", "0:v", "-c", "copy", "-f", "segment",
             "-segment_time", "60", *flags, str(folder / f"{number:03}-%03d.mp4")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for number, url in enumerate(urls)]


def watchfire(binary, urls, folder):
    command = [binary, "record", *urls, "--data", str(folder), "--json"]
    return [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)]


def cut(arguments, urls, after_s, work):
    image, mount, reference = work / "disk.img", work / "disk", work / "reference"
    system("truncate", "-s", DISK, str(image))
    system("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", str(image))
    mount.mkdir()
    system("mount", "-o", "loop", str(image), str(mount))
    try:
        judge = watchfire(arguments.binary, urls, reference)
        tools = {
            "watchfire": watchfire(arguments.binary, urls, mount / "watchfire"),
            "ffmpeg, plain": ffmpeg(urls, mount / "ffmpeg-plain", []),
            "ffmpeg, fragmented": ffmpeg(
                urls, mount / "ffmpeg-fragmented",
                ["-segment_format_options", "movflags=frag_keyframe+empty_moov+default_base_moof"]),
        }
        time.sleep(after_s)
        system("xfs_io", "-x", "-c", "shutdown", str(mount))
        for process in judge:
            process.send_signal(signal.SIGINT)
        for process in [one for started in tools.values() for one in started]:
            process.kill()
            process.wait()
        for process in judge:
            process.wait()
    finally:
        for _ in range(50):
            if subprocess.run(["umount", str(mount)], capture_output=True).returncode == 0:
                break
            time.sleep(0.2)
    system("mount", "-o", "loop", str(image), str(mount))
    try:
        sent, _ = pictures(reference)
        for tool, folder in zip(tools, ["watchfire", "ffmpeg-plain", "ffmpeg-fragmented"]):
            kept, bad = pictures(mount / folder)
            lost_s = (sent - kept) / FRAME_RATE / len(urls)
            line = {"tool": tool, "cut_after_s": after_s, "lost_s_per_stream": round(lost_s, 1), "unreadable_files": bad}
            print(json.dumps(line), flush=True)
    finally:
        system("umount", str(mount))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=4)
    parser.add_argument("--at", default="70,95,118")
    parser.add_argument("--video")
    parser.add_argument("--binary", default=os.environ.get("WATCHFIRE_BINARY", "target/demo/watchfire"))
    arguments = parser.parse_args()
    for need, package in [("xfs_io", "xfsprogs"), ("mkfs.ext4", "e2fsprogs"), ("ffmpeg", "ffmpeg")]:
        if shutil.which(need) is None:
            sys.exit(f"{need} is missing: apt-get install {package}")
    with tempfile.TemporaryDirectory(prefix="watchfire-powercut-") as folder:
        folder = pathlib.Path(folder)
        video = arguments.video or str(clip(folder))
        cameras = subprocess.Popen(
            [arguments.binary, "simulate", "rtsp", "--count", str(arguments.streams), "--listen", f"127.0.0.1:{PORT}",
             "--video", video], stdout=subprocess.PIPE, text=True)
        try:
            urls = [cameras.stdout.readline().strip() for _ in range(arguments.streams)]
            for number, after_s in enumerate(arguments.at.split(",")):
                work = folder / str(number)
                work.mkdir()
                cut(arguments, urls, int(after_s), work)
        finally:
            cameras.terminate()
            cameras.wait()


if __name__ == "__main__":
    main()
