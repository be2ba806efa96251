"""A generative adversarial network on a ring of Gaussians; its log has two losses."""

import numpy as np
import torch
from torch.nn import functional

from nets import perceptron
from optimise import factor, optimizer_of
from record import Record

NOISE = 8


def ring(rng, count):
    """Points of eight Gaussians on a circle."""
    angle = rng.integers(0, 8, count) * np.pi / 4
    points = 2 * np.stack([np.cos(angle), np.sin(angle)], 1) + rng.normal(0, 0.1, (count, 2))
    return torch.from_numpy(points.astype(np.float32))


def against(outputs, real):
    """The loss of calling the outputs real or false."""
    return functional.binary_cross_entropy_with_logits(outputs, torch.full_like(outputs, real))


def run_gan(plan, rng):
    """Trains as long as the log shows; there is no oracle for a game of two."""
    record, points = Record(), ring(rng, plan["trainSize"])
    generator = perceptron(NOISE, 2, plan["width"], plan["depth"])
    judge = perceptron(2, 1, plan["width"], plan["depth"], plan["dropout"])
    first, second = (optimizer_of(plan, each.parameters()) for each in (generator, judge))
    sums, step = np.zeros(2), 0
    for _ in range(plan["evaluations"] * plan["every"]):
        for group in first.param_groups + second.param_groups:
            group["lr"] = plan["lr"] * factor(plan, step)
        real = points[torch.randint(0, len(points), (plan["batch"],))]
        false = generator(torch.randn(plan["batch"], NOISE))
        d_loss = against(judge(real), 1.0) + against(judge(false.detach()), 0.0)
        second.zero_grad()
        d_loss.backward()
        second.step()
        g_loss = against(judge(false), 1.0)
        first.zero_grad()
        g_loss.backward()
        first.step()
        step += 1
        sums += g_loss.item(), d_loss.item()
        if step % plan["logEvery"] == 0:
            x = step if plan["axis"] == "step" else step // plan["every"]
            record.point("g_loss", x, sums[0] / plan["logEvery"])
            record.point("d_loss", x, sums[1] / plan["logEvery"])
            sums[:] = 0
    record.shown = plan["evaluations"]
    return record
