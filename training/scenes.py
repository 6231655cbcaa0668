"""Quiet scenes drawn from random numbers: rooms and streets full of things that look like fire or smoke and are not.

Hard negatives cost more than positives (see the model card), and the pictures that may train shipped weights
hold few rooms and no lamps, sunsets, signs or orange walls.
"""

import cv2
import numpy as np

from canvas import WARM, as_picture, colour, ellipse, glow, noise, polygon, rectangle, skin, warped_noise

# Small, since the network sees 86 000 pixels of them.
SIZES = [(512, 288), (440, 360), (384, 384), (480, 360)]


def room(rng, w, h):
    """A room or corridor in one-point perspective."""
    canvas = np.zeros((h, w, 3), np.float32)
    vx, vy = w * rng.uniform(0.3, 0.7), h * rng.uniform(0.25, 0.55)
    depth = rng.uniform(0.12, 0.6)
    x0, x1 = vx - vx * depth, vx + (w - vx) * depth
    y0, y1 = vy - vy * depth, vy + (h - vy) * depth
    wall, floor, ceiling = colour(rng, 0.3), colour(rng, 0.2), colour(rng, 0.1) * 0.5 + 110
    polygon(canvas, [(0, 0), (w, 0), (x1, y0), (x0, y0)], ceiling)
    polygon(canvas, [(0, h), (w, h), (x1, y1), (x0, y1)], floor)
    polygon(canvas, [(0, 0), (x0, y0), (x0, y1), (0, h)], wall * 0.85)
    polygon(canvas, [(w, 0), (x1, y0), (x1, y1), (w, h)], wall * 0.95)
    rectangle(canvas, x0, y0, x1, y1, wall)
    for k in range(rng.integers(0, 6)):
        t = rng.uniform(0.05, 0.9)
        side = rng.random() < 0.5
        near, far = t, min(1.0, t + rng.uniform(0.05, 0.2))
        xs = [(x0 * s if side else w - (w - x1) * s) for s in (near, far)]
        tops = [y0 * s + (y1 - y0) * 0.25 * s for s in (near, far)]
        ends = [h - (h - y1) * s for s in (near, far)]
        polygon(canvas, [(xs[0], tops[0]), (xs[1], tops[1]), (xs[1], ends[1]), (xs[0], ends[0])], colour(rng, 0.4))
    for k in range(rng.integers(0, 5)):
        t = (k + 0.5) / 5
        lx, ly = vx * t + w * 0.5 * (1 - t), y0 * t * 0.9 + 2
        size = (1 - t) * w * 0.1 + 4
        lamp = np.array([255, 250, rng.uniform(170, 255)])
        rectangle(canvas, lx - size, ly, lx + size, ly + size * 0.25, lamp)
        glow(canvas, (lx, ly), size * 2, lamp / 255, rng.uniform(10, 60))
    return canvas


def outdoors(rng, w, h):
    """Sky from noon to sunset over dark shapes; at night street lamps."""
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None, None]
    top = np.array([[90, 140, 220], [40, 40, 90], [200, 120, 90], [10, 10, 25]][rng.integers(4)], np.float32)
    low = colour(rng, 0.8)
    canvas = np.broadcast_to(top * (1 - y) + low * y, (h, w, 3)).copy()
    canvas += (noise(rng, h, w)[..., None] - 0.5) * rng.uniform(0, 90)
    horizon = h * rng.uniform(0.45, 0.85)
    if rng.random() < 0.5:
        glow(canvas, (rng.uniform(0, w), horizon), rng.uniform(0.05, 0.35) * w, (255, 170, 60), rng.uniform(80, 260))
    ground = colour(rng, 0.1) * rng.uniform(0.1, 0.8)
    rectangle(canvas, 0, horizon, w, h, ground)
    for _ in range(rng.integers(0, 7)):
        bx, bw, bh = rng.uniform(0, w), rng.uniform(0.05, 0.25) * w, rng.uniform(0.05, 0.5) * h
        shade = colour(rng, 0.3) * rng.uniform(0.1, 0.9)
        rectangle(canvas, bx, horizon - bh, bx + bw, horizon, shade)
        for _ in range(rng.integers(0, 8)):
            px, py = bx + rng.uniform(0, 0.9) * bw, horizon - rng.uniform(0.1, 0.95) * bh
            rectangle(canvas, px, py, px + bw * 0.08, py + bh * 0.06, (255, 220, 140))
    for _ in range(rng.integers(0, 6)):
        point = (rng.uniform(0, w), horizon + rng.uniform(-0.3, 0.3) * h)
        glow(canvas, point, rng.uniform(0.005, 0.04) * w, (255, rng.uniform(130, 240), rng.uniform(30, 200)), rng.uniform(150, 400))
    return canvas


def clutter(rng, canvas):
    """Furniture, cloth, signs, screens, lamps and people-like shapes, many of them warm in colour."""
    h, w = canvas.shape[:2]
    for _ in range(rng.integers(2, 12)):
        x, y, size = rng.uniform(0, w), rng.uniform(0.2, 1.0) * h, rng.uniform(0.03, 0.2) * w
        shade, what = colour(rng, 0.6), rng.integers(8)
        if what == 0:
            rectangle(canvas, x, y - size * 0.5, x + size, y + size * 0.4, shade)
        elif what == 1:
            polygon(canvas, rng.uniform(-1, 1, (rng.integers(4, 9), 2)) * size * 0.6 + (x, y), shade)
        elif what == 2:
            rectangle(canvas, x, y - size * 0.5, x + size, y, shade)
            letters = np.zeros((h, w), np.uint8)
            cv2.putText(letters, "".join(rng.choice(list("EXITA1283STOP"), 4)), (int(x), int(y)),
                        cv2.FONT_HERSHEY_DUPLEX, max(0.3, size / 90), 255, 2)
            canvas[letters > 0] = 245
        elif what == 3:
            glow(canvas, (x, y), size * rng.uniform(0.1, 0.9), WARM[rng.integers(len(WARM))], rng.uniform(0.3, 1.6))
        elif what == 4:
            ellipse(canvas, (x, y), (size * 0.25, size * 0.6), shade)
            ellipse(canvas, (x, y - size * 0.75), (size * 0.18, size * 0.18), skin(rng))
        elif what == 5:
            rectangle(canvas, x, y - size * 0.4, x + size * 0.12, y, (200, 30, 30))
        elif what == 6:
            flat = np.clip(noise(rng, int(size) + 4, int(size) + 4) * 2 - 0.5, 0, 1)[..., None]
            part = canvas[int(y - size):int(y - size) + flat.shape[0], int(x):int(x) + flat.shape[1]]
            part[:] = part * 0.3 + shade * flat[:part.shape[0], :part.shape[1]] if y > size else part
        else:
            rectangle(canvas, x, y - size * 0.5, x + size, y, (30, 30, 35))
            rectangle(canvas, x + 3, y - size * 0.5 + 3, x + size - 3, y - 3, colour(rng, 0.5))
    return canvas


def looks_like_fire(rng, canvas):
    """One thing that shines or glows in a warm colour and is no flame."""
    h, w = canvas.shape[:2]
    x, y, size = rng.uniform(0.05, 0.95) * w, rng.uniform(0.1, 0.9) * h, rng.uniform(0.04, 0.25) * w
    warm = np.array(WARM[rng.integers(len(WARM))], np.float32)
    what = rng.integers(9)
    if what == 0:  # shaded lamp and its light on the wall
        polygon(canvas, [(x - size * 0.3, y), (x + size * 0.3, y), (x + size * 0.18, y - size * 0.35), (x - size * 0.18, y - size * 0.35)],
                (255, 225, 160))
        rectangle(canvas, x - 1, y, x + 1, y + size * 0.5, (60, 50, 40))
        glow(canvas, (x, y - size * 0.2), size * rng.uniform(0.8, 2), (1.0, 0.75, 0.4), rng.uniform(40, 150))
    elif what == 1:  # string of lights
        step, sag = size * 0.25, rng.uniform(0, 0.4)
        for k in range(rng.integers(4, 14)):
            glow(canvas, (x + k * step, y + sag * step * (k % 5)), rng.uniform(1.5, 5), warm / 255, rng.uniform(150, 400))
    elif what == 2:  # heater bars
        rectangle(canvas, x, y, x + size, y + size * 0.6, (45, 42, 40))
        for k in range(rng.integers(1, 4)):
            rectangle(canvas, x + 4, y + size * (0.1 + 0.18 * k), x + size - 4, y + size * (0.14 + 0.18 * k), (255, 110, 30))
            glow(canvas, (x + size / 2, y + size * (0.12 + 0.18 * k)), size * 0.3, (1.0, 0.35, 0.1), rng.uniform(40, 160))
    elif what == 3:  # window at sunset with bars
        rectangle(canvas, x, y - size * 0.6, x + size, y + size * 0.4, warm)
        glow(canvas, (x + rng.uniform(0, size), y), size * 0.4, (255, 220, 120), rng.uniform(0.3, 1.0))
        for k in range(1, 4):
            rectangle(canvas, x + k * size / 4 - 1, y - size * 0.6, x + k * size / 4 + 1, y + size * 0.4, (50, 45, 40))
    elif what == 4:  # neon sign
        letters = np.zeros((h, w), np.uint8)
        cv2.putText(letters, "".join(rng.choice(list("OPEN24HBARCAFE"), rng.integers(2, 6))), (int(x - size / 2), int(y)),
                    cv2.FONT_HERSHEY_SIMPLEX, max(0.4, size / 70), 255, 2, cv2.LINE_AA)
        light = cv2.GaussianBlur(letters, (0, 0), size / 20 + 1).astype(np.float32)[..., None] / 255
        canvas += light * warm * 1.5
        canvas[letters > 128] = np.minimum(255, warm + 90)
    elif what == 5:  # vehicle or fog lights with a halo
        for k in (-1, 1):
            glow(canvas, (x + k * size * 0.5, y), size * rng.uniform(0.1, 0.3), (1.0, rng.uniform(0.6, 1), rng.uniform(0.3, 0.9)), rng.uniform(150, 400))
    elif what == 6:  # red or orange cloth with folds
        bw, bh = int(size * rng.uniform(0.5, 1.2)) + 6, int(size * rng.uniform(0.6, 1.6)) + 6
        x0, y0 = int(max(0, x - bw / 2)), int(max(0, y - bh / 2))
        part = canvas[y0:y0 + bh, x0:x0 + bw]
        folds = 0.55 + 0.6 * noise(rng, bh, bw, 3, rng.integers(2, 6))[..., None]
        part[:] = (warm * folds)[:part.shape[0], :part.shape[1]]
    elif what == 7:  # screen or poster with a warm pattern
        bw, bh = int(size) + 8, int(size * 0.6) + 8
        x0, y0 = int(max(0, x - bw / 2)), int(max(0, y - bh / 2))
        part = canvas[y0:y0 + bh, x0:x0 + bw]
        mix = noise(rng, bh, bw, 3, 3)[..., None]
        part[:] = (warm * mix + colour(rng, 0.4) * (1 - mix))[:part.shape[0], :part.shape[1]]
        cv2.rectangle(canvas, (x0, y0), (x0 + bw, y0 + bh), (25.0, 25.0, 28.0), 2)
    else:  # low sun or lamp mirrored on a shiny floor
        for k in range(rng.integers(2, 6)):
            ellipse(canvas, (x + rng.normal(0, 4), y + k * size * 0.3), (size * rng.uniform(0.1, 0.5), size * 0.07), np.minimum(255, warm * 1.2))
    return canvas


def looks_like_smoke(rng, canvas):
    """Pale, soft things that are no smoke: veils, glare, clouds, curtains, webs before an infrared lamp."""
    h, w = canvas.shape[:2]
    what = rng.integers(6)
    pale = np.float32(rng.uniform(150, 245))
    if what == 0:  # the whole picture is flat
        share = rng.uniform(0.1, 0.5)
        canvas[:] = canvas * (1 - share) + pale * share
    elif what == 1:  # window glare
        glow(canvas, (rng.uniform(0, w), rng.uniform(0, 0.6) * h), rng.uniform(0.1, 0.3) * w, (1.0, 1.0, 1.0), rng.uniform(80, 220))
    elif what == 2:  # curtain
        x0, bw = int(rng.uniform(0, 0.8) * w), int(rng.uniform(0.1, 0.35) * w) + 4
        folds = 0.75 + 0.25 * np.sin(np.linspace(0, rng.uniform(10, 60), bw, dtype=np.float32))[None, :, None]
        part = canvas[int(0.1 * h):int(rng.uniform(0.6, 0.95) * h), x0:x0 + bw]
        part[:] = (pale * folds)[:, :part.shape[1]]
    elif what == 3:  # beam of light
        x0, x1 = rng.uniform(0, w), rng.uniform(0, w)
        beam = np.zeros((h, w), np.float32)
        cv2.fillPoly(beam, [np.int32([(x0, 0), (x0 + 0.1 * w, 0), (x1 + 0.4 * w, h), (x1, h)])], 1.0)
        canvas += cv2.GaussianBlur(beam, (0, 0), w / 40)[..., None] * rng.uniform(15, 60)
    elif what == 4:  # threads near the lens
        threads = np.zeros((h, w), np.float32)
        for _ in range(rng.integers(1, 5)):
            points = np.int32(rng.uniform(-0.2, 1.2, (3, 2)) * (w, h))
            cv2.polylines(threads, [points], False, 1.0, int(rng.integers(2, 12)), cv2.LINE_AA)
        threads = cv2.GaussianBlur(threads, (0, 0), rng.uniform(2, 8))[..., None]
        canvas[:] = canvas * (1 - 0.6 * threads) + 230 * 0.6 * threads
    else:  # pale floor or wall with soft blots
        y0 = int(rng.uniform(0.3, 0.8) * h)
        part = canvas[y0:]
        blots = noise(rng, h, w, 3, 2)[y0:, :, None]
        part[:] = part * 0.5 + 0.5 * pale * (0.8 + 0.3 * blots)
    return canvas


SKIES = [((40, 50, 110), (255, 150, 60)), ((90, 60, 130), (255, 110, 90)), ((20, 25, 60), (230, 90, 30)), ((120, 150, 210), (255, 190, 120)),
         ((10, 20, 40), (40, 200, 120)), ((60, 110, 180), (190, 225, 245)), ((70, 20, 60), (250, 170, 40))]
UPRIGHT = (4, 5)


def sky(rng, w, h):
    """Evening clouds, northern lights or ice over a dark land or a sea that mirrors them."""
    which = rng.integers(len(SKIES))
    top, low = (np.array(c, np.float32) * rng.uniform(0.7, 1.2) for c in SKIES[which])
    # Clouds lie flat, northern lights and ice stand upright; upright and orange would be a fire.
    grain = (h, max(8, w // 4)) if which not in UPRIGHT else (max(8, h // 2), w)
    y = np.linspace(0, 1, h, dtype=np.float32)[:, None]
    flat = cv2.resize(warped_noise(rng, *grain, 5, int(rng.integers(3, 7)), rng.uniform(0.03, 0.15)), (w, h))
    mix = np.clip(y * rng.uniform(0.3, 1.4) + (flat - 0.5) * rng.uniform(0.8, 3.0), 0, 1)[..., None]
    canvas = top * (1 - mix) + low * mix
    canvas *= 0.7 + 0.6 * noise(rng, h, w, 4, 4)[..., None]
    horizon = int(h * rng.uniform(0.45, 0.95))
    if rng.random() < 0.4:
        glow(canvas, (rng.uniform(0, w), horizon), rng.uniform(0.03, 0.25) * w, (255, 190, 90), rng.uniform(0.3, 1.0))
    below = canvas[horizon:]
    if rng.random() < 0.5 and len(below) > 2:
        mirrored = canvas[max(0, horizon - len(below)):horizon][::-1]
        below[:len(mirrored)] = cv2.blur(np.ascontiguousarray(mirrored), (9, 3)) * rng.uniform(0.4, 0.9)
    else:
        below[:] = below * rng.uniform(0.02, 0.3)
    edge = horizon - noise(rng, 8, w, 4, 3)[4] * rng.uniform(0, 0.35) * h
    polygon(canvas, [(0, horizon + 2), *zip(range(w), edge), (w, horizon + 2)], colour(rng, 0.1) * rng.uniform(0.02, 0.4))
    for _ in range(rng.integers(0, 12)):
        point = (rng.uniform(0, w), horizon + rng.uniform(-0.08, 0.05) * h)
        glow(canvas, point, rng.uniform(1, 5), (1.0, rng.uniform(0.6, 1), rng.uniform(0.2, 0.9)), rng.uniform(60, 300))
    return canvas


def warm_light(rng, picture):
    """A real picture in the light of evening or of bulbs, with lamps and other things that shine put into it."""
    canvas = picture.astype(np.float32)
    h, w = canvas.shape[:2]
    if rng.random() < 0.75:
        canvas *= np.array([rng.uniform(0.95, 1.35), rng.uniform(0.6, 0.95), rng.uniform(0.25, 0.75)], np.float32)
    if rng.random() < 0.6:
        canvas *= rng.uniform(0.25, 0.9)
    for _ in range(rng.integers(0, 4)):
        centre, radius = (rng.uniform(0, w), rng.uniform(0, 0.8) * h), rng.uniform(0.03, 0.3) * w
        glow(canvas, centre, radius, (1.0, rng.uniform(0.55, 0.9), rng.uniform(0.15, 0.6)), rng.uniform(60, 260))
    for _ in range(rng.integers(0, 4)):
        canvas = looks_like_fire(rng, canvas)
    return as_picture(canvas)


def quiet(rng):
    """A picture without fire, smoke or open flame."""
    w, h = SIZES[rng.integers(len(SIZES))]
    canvas = room(rng, w, h) if rng.random() < 0.7 else outdoors(rng, w, h)
    canvas = clutter(rng, canvas)
    for _ in range(rng.integers(0, 4)):
        canvas = looks_like_fire(rng, canvas)
    if rng.random() < 0.3:
        canvas = looks_like_smoke(rng, canvas)
    canvas *= rng.uniform(0.4, 1.1)
    canvas += (noise(rng, h, w, 3, 2)[..., None] - 0.5) * rng.uniform(0, 60)
    return as_picture(canvas)
