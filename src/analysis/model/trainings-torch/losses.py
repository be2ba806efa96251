"""Losses and their evaluation."""

import torch
from torch.nn import functional


def loss_of(outputs, y, classes, smoothing=0.0):
    """Mean cross-entropy for classes, mean squared error for numbers."""
    if classes is None:
        return functional.mse_loss(outputs, y)
    flat = outputs.reshape(-1, outputs.shape[-1])
    return functional.cross_entropy(flat, y.reshape(-1), label_smoothing=smoothing)


def accuracy_of(outputs, y):
    """The share of right classes."""
    return (outputs.argmax(-1) == y).float().mean().item()


@torch.no_grad()
def evaluate(network, part, classes):
    """Loss and accuracy (None for regression) of a part of the data in evaluation mode."""
    network.eval()
    outputs = network(part[0])
    loss = loss_of(outputs, part[1], classes).item()
    return loss, None if classes is None else accuracy_of(outputs, part[1])


def training_loss(plan, network, x, y, classes):
    """Loss and accuracy of a batch in training mode, with mixup and half precision if planned."""
    if plan["mixup"]:
        mix = torch.distributions.Beta(plan["mixup"], plan["mixup"]).sample()
        order = torch.randperm(len(x))
        outputs = network(mix * x + (1 - mix) * x[order])
        own = loss_of(outputs, y, classes, plan["labelSmoothing"])
        other = loss_of(outputs, y[order], classes, plan["labelSmoothing"])
        return mix * own + (1 - mix) * other, None if classes is None else accuracy_of(outputs, y)
    outputs = network(x)
    if plan["flags"].get("overflow"):
        outputs = outputs.half().float()  # beyond 65504 it is infinite, and the loss NaN
    loss = loss_of(outputs, y, classes, plan["labelSmoothing"])
    return loss, None if classes is None else accuracy_of(outputs.detach(), y)
