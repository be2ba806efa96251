"""Optimizers and learning-rate schedules."""

import math

import torch

FLOOR = 0.1  # of the peak: where a schedule stays when the training goes on past its plan


def optimizer_of(plan, parameters):
    """PyTorch's own optimizer of the plan."""
    parameters, lr, decay = list(parameters), plan["lr"], plan["weightDecay"]
    name, momentum = plan["optimizer"], plan["flags"].get("momentum", 0.9)
    if name == "adam":
        return torch.optim.Adam(parameters, lr, weight_decay=decay)
    if name == "adamw":
        return torch.optim.AdamW(parameters, lr, weight_decay=decay)
    if name == "rmsprop":
        return torch.optim.RMSprop(parameters, lr, weight_decay=decay)
    momentum = momentum if name == "momentum" else 0.0
    return torch.optim.SGD(parameters, lr, momentum=momentum, weight_decay=decay)


def draw_schedule(plan, rng):
    """The numbers a schedule needs: its decays, its cycles, its warm-up."""
    steps = plan["plan"] * plan["every"]
    kind = plan["schedule"]
    plan["warmup"] = max(1, round(steps * rng.uniform(0.03, 0.12))) if "warmup" in kind else 0
    ends = [[0.5, 0.75], [0.3, 0.6, 0.85], [0.6]][int(rng.integers(3))]
    plan["decays"] = [round(end * steps) for end in ends]
    plan["decayFactor"] = float(rng.choice([0.1, 0.2, 0.3, 0.5]))
    plan["cycles"] = int(rng.integers(2, 6))
    plan["growth"] = float(rng.uniform(3, 14)) if plan["flags"].get("overflow") else 0.0


def factor(plan, step):
    """The share of the peak learning rate at a step, counted from 0."""
    steps, kind = plan["plan"] * plan["every"], plan["schedule"]
    grown = math.exp(min(50.0, plan["growth"] * step / steps))
    jump = plan["flags"].get("rateJump")
    grown *= jump["factor"] if jump and step >= jump["at"] else 1.0
    if kind == "constant":
        return grown
    if step >= steps:
        return FLOOR * grown
    if step < plan["warmup"]:
        return (step + 1) / plan["warmup"]
    progress = (step - plan["warmup"]) / max(1, steps - plan["warmup"])
    if kind == "step":
        return plan["decayFactor"] ** sum(step >= end for end in plan["decays"]) * grown
    if kind == "linear":
        return max(0.01, 1 - progress) * grown
    if kind == "restarts":
        progress = progress * plan["cycles"] % 1
    return max(0.01, 0.5 + 0.5 * math.cos(math.pi * progress)) * grown
