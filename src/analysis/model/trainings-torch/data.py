"""Data sets: a pool per name, split into training, validation and a big held-out test set."""

from dataclasses import dataclass

import numpy as np
from sklearn import datasets

from text import grammar_text, language, library_text
from wider import WIDER

TEST = 1000
# Windows of text: each holds 32 predictions, so 64 are over 2000 of them.
TEST_WINDOWS = 64


@dataclass
class Data:
    """One run's data as tensors; each part is a pair (inputs, targets)."""

    kind: str
    task: str
    classes: int | None
    train: tuple
    val: tuple
    test: tuple
    related: tuple


def bundled(load, kind="tabular"):
    """A pool that is one of scikit-learn's bundled sets, in random order."""

    def build(rng, count, _size):
        x, y = load(return_X_y=True)
        order = rng.permutation(len(x))
        return x[order], y[order], None if load is datasets.load_diabetes else int(y.max()) + 1

    return build


def digits_jittered(rng, count, size):
    """Digits shifted by a pixel and with noise; those not trained on have their own originals."""
    x, y, _ = bundled(datasets.load_digits)(rng, count, size)
    picks = np.concatenate([rng.integers(0, 900, size), rng.integers(900, 1797, count - size)])
    x, y = x[picks].reshape(-1, 8, 8), y[picks]
    for shift in (-1, 1):
        chosen = rng.random(count) < 0.25
        x[chosen] = np.roll(x[chosen], shift, axis=int(rng.integers(1, 3)))
    return (x + rng.normal(0, 3, x.shape)).reshape(count, 64), y, 10


def classification(rng, count, _size):
    """Gaussian clusters of random difficulty, with a few useless features."""
    classes, features = int(rng.integers(2, 9)), int(rng.integers(12, 40))
    x, y = datasets.make_classification(
        count, features, n_informative=8, n_redundant=2, n_classes=classes,
        n_clusters_per_class=int(rng.integers(2, 4)), flip_y=float(rng.choice([0.0, 0.02, 0.05])),
        class_sep=rng.uniform(0.8, 1.6), random_state=int(rng.integers(2**31)),
    )  # fmt: skip
    return x, y, classes


def moons(rng, count, _size):
    """Two noisy moons with some dimensions of pure noise beside them."""
    x, y = datasets.make_moons(
        count, noise=rng.uniform(0.1, 0.35), random_state=int(rng.integers(2**31))
    )
    return np.hstack([x, rng.normal(0, 1, (count, int(rng.integers(2, 10))))]), y, 2


def friedman(rng, count, _size):
    """Friedman's first regression problem with noise."""
    seed = int(rng.integers(2**31))
    x, y = datasets.make_friedman1(count, 10, noise=rng.uniform(0.3, 2.0), random_state=seed)
    return x, y, None


def sine(rng, count, _size):
    """Two mixed sines with noise: the last 16 values, and the value two steps ahead."""
    time = rng.uniform(0, 20, (count, 1)) + np.arange(18) * 0.35
    speed, phase = rng.uniform(0.6, 1.6, (2, count, 1))
    wave = np.sin(time * speed) + 0.5 * np.sin(2.3 * time + phase)
    wave += rng.normal(0, rng.uniform(0.05, 0.3), wave.shape)
    return wave[:, :16, None], wave[:, 17], None


def modular(rng, count, _size):
    """All pairs a + b mod p in random order: learnt by heart first, understood much later."""
    prime = int(rng.choice([29, 31, 37]))
    pairs = np.stack(np.meshgrid(np.arange(prime), np.arange(prime)), -1).reshape(-1, 2)
    pairs = pairs[rng.permutation(len(pairs))]
    return pairs, pairs.sum(1) % prime, prime


# The sets whose targets are numbers, not classes.
NUMBERS = ("friedman", "sine", "diabetes", "impedance", "phase", "swiss-roll", "chaos", "mackey-glass")

# name: (builder, kind, most training samples, most validation samples)
SETS = {
    "digits": (bundled(datasets.load_digits), "image", 600, 190),
    "digits-jittered": (digits_jittered, "image", 20000, 1000),
    "breast-cancer": (bundled(datasets.load_breast_cancer), "tabular", 200, 100),
    "wine": (bundled(datasets.load_wine), "tabular", 60, 30),
    "diabetes": (bundled(datasets.load_diabetes), "tabular", 160, 80),
    "classification": (classification, "tabular", 50000, 1000),
    "moons": (moons, "tabular", 20000, 1000),
    "friedman": (friedman, "tabular", 30000, 1000),
    "sine": (sine, "series", 8000, 600),
    "grammar": (language(grammar_text), "text", 4000, 64),
    "library": (language(library_text), "text", 8000, 64),
    "modular": (modular, "modular", 1000, 80),
    **WIDER,
}
