"""The second recording: longer logs, more data sets and architectures, more of what goes wrong for good."""

import math

from budget import EVALUATION, cost, log_uniform, total
from data import NUMBERS, SETS
from recipes import DEFAULT, HARD, LABELLED, RECIPES, SMALL, UNSTABLE
from wider import WIDER

# The first seed of the second recording.
LONGER = 10000
# Milliseconds that a run may take; learning wrong labels by heart takes longer.
LIMIT, PATIENT = 4200, 7000

CLASSES = tuple(name for name in WIDER if name not in NUMBERS and SETS[name][1] != "text")
# Where the kind of data is no part of the recipe, new sets join the old ones and come twice as often.
JOINED = {HARD: tuple(WIDER), SMALL: tuple(WIDER), LABELLED: CLASSES}

# What the first recording has too few certain ones of.
OFTEN = {"overflow": 2.5, "no-clip": 1.5, "lr-high": 0.8, "bad-batches": 0.8, "over-regularised": 1.6,
         "short": 0.4, "dead": 1.5, "fine-tune": 0.6, "gan": 0.0, "double-descent": 0.3,
         "few-data": 1.3, "too-big": 1.4}  # fmt: skip
MORE = {
    "rate-jump": {**UNSTABLE, "weight": 7, "flags": {"rateJump": True}, "size": (800, 10000),
                  "steps": (300, 1500), "schedules": ("constant", "cosine", "step")},
    "rate-edge": {**UNSTABLE, "weight": 4, "rate": (5, 40), "steps": (300, 1500),
                  "optimizers": ("sgd", "momentum"), "schedules": ("constant",)},
}  # fmt: skip


def recipes_of(longer):
    """The recipes of a recording, by name."""
    if not longer:
        return RECIPES
    result = {}
    for name, recipe in {**RECIPES, **MORE}.items():
        weight = recipe["weight"] * OFTEN.get(name, 1.0)
        data = recipe.get("data")
        if data is None or data in JOINED:
            new = JOINED.get(data, tuple(WIDER))
            recipe = {**recipe, "data": (data or ()) + 2 * new}
        networks = recipe.get("networks", DEFAULT["networks"])
        networks += ("resmlp", "tcn") if "mlp" in networks else ()
        result[name] = {**recipe, "weight": weight, "networks": networks}
    return result


def longer_lengths(plan, recipe, rng):
    """Like `budget.lengths`: 20 to 600 evaluations, in one of sixteen up to 1,500; an epoch is made to fit."""
    low, high = recipe["steps"]
    wanted = log_uniform(rng, low, high) * (1.5 if low > 100 else 1)
    many = rng.random() < 0.06 and "mlp" in plan["architecture"]
    evaluations = log_uniform(rng, 400, 1500) if many else log_uniform(rng, 20, 600)
    least = 8 if plan["recipe"] == "short" else 20
    evaluations = max(least, round(min(evaluations, wanted)))
    if plan["flags"].get("sawTooth"):
        evaluations = max(least, min(evaluations, int(wanted / 20)))
    cut, share = rng.random() < 0.25, rng.uniform(0.3, 0.9)
    limit = PATIENT if plan["labelNoise"] or plan["flags"].get("grokking") else LIMIT
    while True:
        every = max(1, round(wanted / evaluations))
        if plan["axis"] == "epoch":
            every = fit_epoch(plan, every)
        shown = max(8, round(evaluations * share)) if cut else evaluations
        whole = total(evaluations, shown)
        judging, stepping = EVALUATION[plan["architecture"]], every * cost(plan)
        if whole * (stepping + judging) < limit or evaluations <= least:
            break
        wanted *= 0.88
        evaluations = max(least, int(evaluations * (0.88 if judging > stepping else 0.96)))
    plan.update(plan=evaluations, evaluations=shown, total=whole, every=every)


def fit_epoch(plan, every):
    """Makes the samples and the batch such that an epoch has about `every` steps; returns how many."""
    size = plan["trainSize"]
    plan["batch"] = max(2, min(256, plan["batch"], size // 2), min(256, math.ceil(size / every)))
    plan["trainSize"] = max(min(size, 40), min(size, every * plan["batch"]))
    return math.ceil(plan["trainSize"] / plan["batch"])
