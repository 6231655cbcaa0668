#!/usr/bin/env python3
"""The least that sending live pictures can cost: a bare loop that writes pictures of a 2 Mbit/s stream to many loopback connections.

  bench/viewing_floor.py [--viewers 20] [--seconds 20]

25 pictures a second, one of fifty a key picture of 100 kB and the others 8.3 kB, each written whole to every connection by one thread that knows
nothing of streams, sessions or browsers. Prints processor seconds for a viewer-minute, to be set beside bench/viewing.mjs.
"""

import argparse
import os
import resource
import selectors
import socket
import time

PICTURES_HZ = 25
KEY_EVERY = 50
KEY_BYTES = 100_000
PICTURE_BYTES = 8_300


def be_viewers(port, count):
    waiting = selectors.DefaultSelector()
    for _ in range(count):
        waiting.register(socket.create_connection(("127.0.0.1", port)), selectors.EVENT_READ)
    while waiting.get_map():
        for key, _ in waiting.select():
            if not key.fileobj.recv(1 << 20):
                waiting.unregister(key.fileobj)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--viewers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=20)
    arguments = parser.parse_args()
    server = socket.create_server(("127.0.0.1", 0))
    if os.fork() == 0:
        be_viewers(server.getsockname()[1], arguments.viewers)
        os._exit(0)
    viewers = [server.accept()[0] for _ in range(arguments.viewers)]
    for viewer in viewers:
        viewer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key, picture = os.urandom(KEY_BYTES), os.urandom(PICTURE_BYTES)
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    for number in range(PICTURES_HZ * arguments.seconds):
        for viewer in viewers:
            viewer.sendall(picture if number % KEY_EVERY else key)
        time.sleep(max(0, began + (number + 1) / PICTURES_HZ - time.monotonic()))
    after = resource.getrusage(resource.RUSAGE_SELF)
    used_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{used_s / arguments.viewers / (arguments.seconds / 60):.4f} processor seconds for a viewer-minute")


if __name__ == "__main__":
    main()
