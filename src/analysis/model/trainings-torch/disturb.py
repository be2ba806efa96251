"""What is done to a network or a batch on purpose: dead networks, bad and hard batches."""

import numpy as np
import torch
from torch import nn

DEAD = ("frozen", "zero-init", "shuffled", "constant-input", "frozen", "zero-init", "sign")


def draw_disturbances(plan, rng):
    """Decides which kind of death, and at which steps a batch is bad."""
    flags, shown = plan["flags"], plan["evaluations"] * plan["every"]
    if flags.get("dead"):
        flags["dead"] = DEAD[int(rng.integers(len(DEAD)))]
        # A wrong sign walks uphill for ever; slowly, so that it does not look like divergence.
        plan["lr"] *= 0.02 if flags["dead"] == "sign" else 1
    if flags.get("badBatches"):
        count = int(rng.integers(1, 5))
        steps = rng.integers(int(0.15 * shown), max(int(0.9 * shown), 1), count)
        flags["badBatches"] = sorted({int(step) for step in steps})
        flags["badScale"] = float(rng.choice([100.0, 1000.0]))
    if flags.get("hardBatch"):
        flags["hardBatch"] = int(rng.integers(int(0.3 * shown), max(int(0.9 * shown), 1)))
    if flags.get("curriculum"):
        flags["curriculum"] = int(rng.uniform(0.3, 0.6) * shown)
    if flags.get("rateJump"):
        at = int(rng.uniform(0.2, 0.8) * shown)
        flags["rateJump"] = {"at": at, "factor": round(float(np.exp(rng.uniform(3, 7))))}
    if flags.get("resume"):
        last = plan["evaluations"] - 1
        crash = min(last, max(2, int(rng.uniform(0.3, 0.85) * last)))
        back = int(rng.integers(1, max(2, min(crash, 1 + crash // 4))))
        flags["resume"] = {"crash": crash, "from": crash - back}


def deaden(plan, network):
    """Freezes or zeroes a network whose plan says so; a recurrent one starts with gain instead."""
    dead = plan["flags"].get("dead")
    parameters = list(network.parameters())
    if dead == "frozen":
        for parameter in parameters[:-1]:
            parameter.requires_grad_(False)
    if dead == "zero-init":
        for parameter in parameters:
            nn.init.zeros_(parameter)
    if plan["flags"].get("noClip"):
        with torch.no_grad():
            for parameter in parameters:
                parameter.mul_(1.7 if parameter.dim() > 1 else 1.0)


def spoil(plan, step, x, y, classes):
    """The batch as the network sees it, and what its loss is multiplied by."""
    flags = plan["flags"]
    if step in flags.get("badBatches", ()):
        if x.is_floating_point():
            return x * flags["badScale"], y, 1.0
        return x, torch.randint(0, classes, y.shape), flags["badScale"] / 4
    if step == flags.get("hardBatch", -1):
        y = torch.randint(0, classes, y.shape) if classes else y + 2 * torch.randn_like(y)
    return x, y, 1.0


def augmented(plan, x, kind):
    """Noise on the inputs, and for images a shift by a pixel."""
    if not plan["augment"] or not x.is_floating_point():
        return x
    if kind == "image" and torch.rand(()) < 0.5:
        shift, axis = int(torch.randint(0, 2, ())) * 2 - 1, int(torch.randint(1, 3, ()))
        x = x.reshape(-1, 8, 8).roll(shift, axis).reshape(x.shape)
    return x + plan["augment"] * torch.randn_like(x)
