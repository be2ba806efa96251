"""Endless batches: a new order in each pass, the rest of a pass as a smaller batch."""

import numpy as np
import torch


def batches(plan, data, rng, easy=None):
    """Yields (inputs, targets). `easy(step)` narrows a pass to easy samples while it returns any."""
    x, y = data.train
    step = 0
    while True:
        order = rng.permutation(len(x))
        mask = easy(step) if easy else None
        if mask is not None:
            narrowed = order[mask[order] | (rng.random(len(order)) < 0.12)]
            order = narrowed if len(narrowed) > 1 else order
        for start in range(0, len(order), plan["batch"]):
            chosen = order[start : start + plan["batch"]]
            if len(chosen) < 2 <= len(order) and plan["batch"] > 1:
                continue  # batch normalisation cannot take a single sample
            chosen = torch.from_numpy(np.ascontiguousarray(chosen))
            yield x[chosen], y[chosen]
            step += 1
            if mask is not None and easy(step) is None:
                break
