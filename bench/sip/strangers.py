#!/usr/bin/env python3
"""Registrations of ids that nobody has entered, from many loopback addresses, at a steady rate; answers are not read.

  strangers.py --port 15080 --rate 10000 --seconds 60 [--addresses 500]

Prints what was really sent.
"""
import argparse, random, socket, time

a = argparse.ArgumentParser()
a.add_argument("--port", type=int, required=True)
a.add_argument("--rate", type=int, required=True)
a.add_argument("--seconds", type=int, required=True)
a.add_argument("--addresses", type=int, default=500)
o = a.parse_args()
TEXT = (
    "REGISTER sip:36000000112000000001@3600000011 SIP/2.0\r\nVia: SIP/2.0/UDP {host}:5060;rport;branch=z9hG4bK{n}\r\n"
    "From: <sip:{id}@3600000011>;tag={n}\r\nTo: <sip:{id}@3600000011>\r\nCall-ID: {n}@{host}\r\nCSeq: 1 REGISTER\r\n"
    "Contact: <sip:{id}@{host}:5060>\r\nMax-Forwards: 70\r\nUser-Agent: scanner\r\nExpires: 3600\r\nContent-Length: 0\r\n\r\n"
)
sockets = []
for number in range(o.addresses):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    host = f"127.9.{number // 250}.{number % 250 + 1}"
    s.bind((host, 0))
    s.setblocking(False)
    # Answers are not read: a small buffer drops them early.
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sockets.append((s, host))
STEP_S = 0.005
sent = dropped = 0
begin = time.monotonic()
while (now := time.monotonic() - begin) < o.seconds:
    for _ in range(int(now * o.rate) - sent - dropped):
        s, host = sockets[(sent + dropped) % len(sockets)]
        device = f"3601020011132{random.randrange(9_000_000, 10_000_000)}"
        try:
            s.sendto(TEXT.format(id=device, host=host, n=sent + dropped).encode(), ("127.0.0.1", o.port))
            sent += 1
        except OSError:
            dropped += 1
    time.sleep(STEP_S)
print(f"strangers: {sent} sent in {o.seconds} s from {o.addresses} addresses, {dropped} not sent")
