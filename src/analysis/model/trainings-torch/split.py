"""From a pool of samples to a run's training, validation and test set."""

import numpy as np
import torch

from data import SETS, TEST, TEST_WINDOWS, Data


def wrong_labels(y, share, rng):
    """The targets with a share of them replaced by those of other samples."""
    y = y.copy()
    chosen = np.flatnonzero(rng.random(len(y)) < share)
    y[chosen] = y[rng.integers(0, len(y), len(chosen))]
    return y


def held_out(kind):
    """How many test samples a made pool needs beyond training and validation."""
    return TEST_WINDOWS if kind == "text" else TEST


def related_task(x, y, rng):
    """A task near the real one: inputs disturbed, some of the targets wrong."""
    if x.dtype == np.float32:
        x = x * 0.8 + rng.normal(0, 0.4, x.shape).astype(np.float32)
    return x, wrong_labels(y, 0.1, rng) if len(y) else y


def prepare(plan, rng):
    """The data of a plan. Everything is standardised by the training part alone."""
    builder, kind, _, _ = SETS[plan["data"]]
    size, val = plan["trainSize"], plan["valSize"]
    # A fine-tuning has samples of its own to be pretrained on; they come first in the pool.
    extra = size if plan["flags"].get("pretrain") else 0
    x, y, classes = builder(rng, extra + size + val + held_out(kind), extra + size)
    if kind == "modular":
        size = plan["trainSize"] = int(len(x) * plan["share"])
    if kind in ("tabular", "image", "series"):
        x = x.astype(np.float32)
        axes = 0 if kind == "tabular" else None
        x = (x - x[:size].mean(axes)) / (x[:size].std(axes) + 1e-6)
    if plan["architecture"] == "autoencoder":
        y, classes = x, None
    elif classes is None:
        y = ((y - y[:size].mean()) / y[:size].std()).astype(np.float32)[:, None]
    elif kind != "text":
        y = y.astype(np.int64)
    if plan["flags"].get("dead") == "constant-input":
        x = np.zeros_like(x)
    related = related_task(x[:extra], y[:extra], rng)
    x, y = x[extra:], y[extra:]
    if plan["flags"].get("dead") == "shuffled":
        y = np.concatenate([rng.permutation(y[:size]), y[size:]])
    val_y = wrong_labels(y[size : size + val], plan["valNoise"], rng)
    train_y = wrong_labels(y[:size], plan["labelNoise"], rng)
    end = None if kind == "modular" else size + val + held_out(kind)
    test = x[size + val : end], y[size + val : end]
    parts = (x[:size], train_y), (x[size : size + val], val_y), test, related
    task = {"text": "language", "series": "sequence"}.get(kind)
    task = task or ("classification" if classes else "regression")
    return Data(kind, task, classes, *[tuple(map(torch.from_numpy, part)) for part in parts])


def easy_first(data):
    """Which training samples a curriculum begins with: the first classes, or mild targets."""
    y = data.train[1]
    if data.classes and y.dim() == 1:
        return (y < max(1, data.classes // 2)).numpy()
    return (y.float().reshape(len(y), -1).abs().mean(1) < 0.7).numpy()
