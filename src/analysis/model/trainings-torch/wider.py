"""Further data sets, of the second recording: made ones, and the prose of Python's own manual."""

import numpy as np
from sklearn import datasets

from text import language


def padded(x, rng, most):
    """The features with some dimensions of pure noise beside them."""
    return np.hstack([x, rng.normal(0, x.std(), (len(x), int(rng.integers(1, most))))])


def quantiles(rng, count, _size):
    """Shells of a Gaussian: which of them a point lies in."""
    classes = int(rng.integers(3, 7))
    x, y = datasets.make_gaussian_quantiles(
        n_samples=count, n_features=int(rng.integers(4, 9)), n_classes=classes,
        random_state=int(rng.integers(2**31)),
    )  # fmt: skip
    return x + rng.normal(0, rng.uniform(0, 0.2), x.shape), y, classes


def hastie(rng, count, _size):
    """Ten Gaussian features: is their length above its median? Some answers are wrong."""
    x, y = datasets.make_hastie_10_2(count, random_state=int(rng.integers(2**31)))
    flipped = rng.random(count) < rng.choice([0.0, 0.05, 0.1])
    return x, ((y > 0) ^ flipped).astype(np.int64), 2


def rings(rng, count, _size):
    """Two noisy circles, one inside the other, among dimensions of noise."""
    x, y = datasets.make_circles(
        count, noise=rng.uniform(0.05, 0.2), factor=rng.uniform(0.3, 0.7),
        random_state=int(rng.integers(2**31)),
    )  # fmt: skip
    return padded(x, rng, 8), y, 2


def impedance(rng, count, _size):
    """Friedman's second regression problem with noise."""
    noise, seed = rng.uniform(10, 150), int(rng.integers(2**31))
    return *datasets.make_friedman2(count, noise=noise, random_state=seed), None


def phase(rng, count, _size):
    """Friedman's third regression problem with noise."""
    noise, seed = rng.uniform(0.03, 0.2), int(rng.integers(2**31))
    return *datasets.make_friedman3(count, noise=noise, random_state=seed), None


def swiss_roll(rng, count, _size):
    """How far along the roll a point lies."""
    noise, seed = rng.uniform(0.1, 1.0), int(rng.integers(2**31))
    x, y = datasets.make_swiss_roll(count, noise=noise, random_state=seed)
    return padded(x, rng, 6), y + rng.normal(0, rng.uniform(0, 1), count), None


def chaos(rng, count, _size):
    """The logistic map with noise: the last 16 values, and the next."""
    rate, wave = rng.uniform(3.6, 3.95), np.empty((count, 17))
    wave[:, 0] = rng.uniform(0.1, 0.9, count)
    for step in range(16):
        wave[:, step + 1] = rate * wave[:, step] * (1 - wave[:, step])
    wave += rng.normal(0, rng.uniform(0.005, 0.08), wave.shape)
    return wave[:, :16, None], wave[:, 16], None


def mackey_glass(rng, count, _size):
    """The delay equation of Mackey and Glass: the last 16 values, and one six steps ahead."""
    delay, length = int(rng.integers(15, 24)), 6 * count // 5 + 800
    series = np.empty(length)
    series[: delay + 1] = 1.2 + 0.1 * rng.normal(size=delay + 1)
    for now in range(delay, length - 1):
        late = series[now - delay]
        series[now + 1] = 0.9 * series[now] + 0.2 * late / (1 + late**10)
    series += rng.normal(0, rng.uniform(0.005, 0.1), length)
    starts = 300 + rng.permutation(length - 400)[:count]
    return series[starts[:, None] + np.arange(16)][:, :, None], series[starts + 21], None


def shapes(rng, count, _size):
    """Six drawings of 8 by 8 pixels, anywhere, in any brightness, with noise."""
    y = rng.integers(0, 6, count)
    rows, columns = np.mgrid[0:8, 0:8]
    x = np.empty((count, 8, 8))
    for each in range(count):
        top, left = rng.integers(0, 4, 2)
        r, c = rows - top, columns - left
        inside = (r >= 0) & (r < 5) & (c >= 0) & (c < 5)
        drawn = (
            r == 2, c == 2, r == c, (r == 2) | (c == 2),
            (r == 0) | (r == 4) | (c == 0) | (c == 4), (r - 2) ** 2 + (c - 2) ** 2 <= 4,
        )[y[each]]  # fmt: skip
        x[each] = (inside & drawn) * rng.uniform(0.5, 1.5)
    return (x + rng.normal(0, rng.uniform(0.1, 0.5), x.shape)).reshape(count, 64), y, 6


def textures(rng, count, _size):
    """Gratings of four directions and two widths, with noise."""
    y = rng.integers(0, 8, count)
    rows, columns = np.mgrid[0:8, 0:8]
    angle = (y % 4 * np.pi / 4 + rng.normal(0, 0.12, count))[:, None, None]
    speed = np.where(y < 4, 0.9, 1.8)[:, None, None] * rng.uniform(0.85, 1.15, (count, 1, 1))
    across = rows * np.cos(angle) + columns * np.sin(angle)
    x = np.sin(across * speed + rng.uniform(0, 6.3, (count, 1, 1)))
    return (x + rng.normal(0, rng.uniform(0.2, 0.8), x.shape)).reshape(count, 64), y, 8


def prose_text(rng, characters):
    """English: the topics of Python's help, beginning at a random one."""
    from pydoc_data.topics import topics

    names, pieces, total = sorted(topics), [], 0
    start = int(rng.integers(len(names)))
    for offset in range(len(names)):
        pieces.append(" ".join(topics[names[(start + offset) % len(names)]].split()) + "\n")
        total += len(pieces[-1])
        if total >= characters:
            break
    return "".join(pieces)[:characters]


def arithmetic_text(rng, characters):
    """Sums with their results."""
    most, pieces, total = int(rng.choice([20, 50, 100])), [], 0
    while total < characters:
        a, b = rng.integers(0, most, 2)
        pieces.append(f"{a}+{b}={a + b};")
        total += len(pieces[-1])
    return "".join(pieces)[:characters]


def brackets_text(rng, characters):
    """Brackets of three kinds that close what they open."""
    kinds, pieces, still = ("()", "[]", "{}"), [], []
    deepest = int(rng.integers(4, 10))
    for _ in range(characters):
        if still and (len(still) >= deepest or rng.random() < 0.5):
            pieces.append(still.pop())
        else:
            opening, closing = kinds[int(rng.integers(3))]
            pieces.append(opening)
            still.append(closing)
    return "".join(pieces)


# name: (builder, kind, most training samples, most validation samples)
WIDER = {
    "quantiles": (quantiles, "tabular", 20000, 1000),
    "impedance": (impedance, "tabular", 20000, 1000),
    "chaos": (chaos, "series", 8000, 600),
    "textures": (textures, "image", 12000, 1000),
    "prose": (language(prose_text), "text", 8000, 64),
    # Held out from everything but the published figures; see programs.ts.
    "hastie": (hastie, "tabular", 20000, 1000),
    "rings": (rings, "tabular", 20000, 1000),
    "phase": (phase, "tabular", 20000, 1000),
    "swiss-roll": (swiss_roll, "tabular", 20000, 1000),
    "mackey-glass": (mackey_glass, "series", 8000, 600),
    "shapes": (shapes, "image", 8000, 1000),
    "arithmetic": (language(arithmetic_text), "text", 4000, 64),
    "brackets": (language(brackets_text), "text", 4000, 64),
}  # fmt: skip
