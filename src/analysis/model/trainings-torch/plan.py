"""From a seed to everything that decides a run: recipe, data, network and knobs."""

import numpy as np

from budget import lengths
from data import NUMBERS, SETS
from longer import LONGER, longer_lengths, recipes_of
from recipes import ADAPTIVE, DEFAULT, SCHEDULES
from regularise import regularise

NETWORKS = {
    "tabular": ("mlp", "mlp", "mlp-bn"),
    "image": ("mlp", "mlp", "mlp-bn", "cnn", "cnn", "cnn-bn", "gru", "autoencoder"),
    "series": ("gru", "lstm", "mlp", "mlp"),
    "text": ("transformer", "gru", "lstm"),
    "modular": ("mlp", "transformer"),
}
# A sensible peak learning rate for each optimizer; the recipe multiplies it.
RATES = {"sgd": 0.1, "momentum": 0.02, "adam": 0.002, "adamw": 0.002, "rmsprop": 0.001}
RECURRENT_FACTOR = 2.0


def log_uniform(rng, low, high):
    """A number between the bounds, uniform in its logarithm."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def pick(rng, options):
    """One of the options as a plain Python value."""
    return options[int(rng.integers(len(options)))]


# In the second recording.
WIDER_NETWORKS = {
    "tabular": ("mlp", "mlp-bn", "resmlp"),
    "image": ("mlp", "mlp-bn", "cnn", "cnn-bn", "gru", "resmlp"),
    "series": ("gru", "lstm", "mlp", "tcn", "resmlp"),
}


def pick_network(rng, recipe, longer):
    """A data set and a network of the recipe that fit each other."""
    networks = {**NETWORKS, **WIDER_NETWORKS} if longer else NETWORKS
    if recipe["data"] == ("ring",):
        return "ring", "gan"
    while True:
        data = pick(rng, recipe["data"])
        network = pick(rng, networks[SETS[data][1]])
        if network in recipe["networks"]:
            return data, network


def pick_optimizer(rng, recipe, network):
    """Text is hardly learnt without an adaptive optimizer, so it gets one unless told."""
    if recipe["optimizers"]:
        return pick(rng, recipe["optimizers"])
    if network in ("transformer", "gru", "lstm", "autoencoder") and rng.random() < 0.9:
        return pick(rng, ADAPTIVE)
    return pick(rng, list(RATES))


def peak_rate(rng, recipe, plan):
    """The peak learning rate: usual for optimizer, network and batch, times the recipe's."""
    rate = RATES[plan["optimizer"]] * log_uniform(rng, *recipe["rate"])
    rate *= RECURRENT_FACTOR if plan["architecture"] in ("gru", "lstm") else 1
    numbers = NUMBERS if plan["longer"] else ("friedman", "diabetes")
    if plan["data"] in numbers and plan["optimizer"] in ("sgd", "momentum"):
        rate *= 0.4  # squared error has steeper gradients
    return rate * min(1.0, plan["batch"] / 16) ** 0.5


def draw(seed):
    """The plan of a run. The same seed gives the same plan."""
    rng = np.random.default_rng([2026, seed])
    longer = seed >= LONGER
    recipes = recipes_of(longer)
    weights = np.array([recipe["weight"] for recipe in recipes.values()])
    name = list(recipes)[rng.choice(len(recipes), p=weights / weights.sum())]
    recipe = {**DEFAULT, **recipes[name]}
    data, network = pick_network(rng, recipe, longer)
    most, most_val = SETS[data][2:] if data in SETS else (5000, 1000)
    low, high = (min(bound, most) for bound in recipe["size"])
    plan = {
        "seed": seed, "recipe": name, "data": data, "longer": longer, "architecture": network,
        "flags": dict(recipe["flags"]), "axis": "epoch" if rng.random() < recipe["epochs"] else "step",
        "trainSize": round(log_uniform(rng, low, high)),
        "valSize": round(log_uniform(rng, 20, most_val)),
        "batch": round(log_uniform(rng, *recipe["batch"])),
        "width": max(1, round(log_uniform(rng, *recipe["width"]))),
        "depth": int(rng.integers(recipe["depth"][0], recipe["depth"][1] + 1)),
        "optimizer": pick_optimizer(rng, recipe, network),
        "schedule": pick(rng, recipe["schedules"] or SCHEDULES),
        "labelNoise": round(rng.uniform(*recipe["noise"]), 2), "valNoise": 0.0, "dropout": 0.0,
        "share": rng.uniform(0.55, 0.68),
    }  # fmt: skip
    if network == "transformer":
        plan["width"], plan["depth"] = min(64, max(32, plan["width"] // 2)), min(2, plan["depth"])
    elif network.startswith("cnn"):
        plan["width"] = max(1, min(14, plan["width"] // 6 + 1))
    elif network in ("gru", "lstm"):
        plan["width"] = min(96, plan["width"])
    elif network == "tcn":
        plan["width"] = max(2, min(32, plan["width"] // 3))
    if SETS.get(data, "  ")[1] == "text":
        # A window counts for 32 samples, so text needs fewer of them.
        plan["trainSize"] = max(12, plan["trainSize"] // (5 if low < 500 else 2))
        plan["batch"] = min(plan["batch"], 16)
    if data == "modular":
        plan["batch"] = int(rng.choice([128, 256]))
    plan["batch"] = min(plan["batch"], max(1, plan["trainSize"] // 2))
    if name == "label-noise" and rng.random() < 0.5:
        plan["valNoise"] = plan["labelNoise"]
    plan["lr"] = peak_rate(rng, recipe, plan)
    plan["weightDecay"], plan["clip"] = 0.0, None
    regularise(plan, recipe["regularise"], rng)
    if longer:
        longer_lengths(plan, recipe, rng)
    else:
        lengths(plan, recipe["steps"], rng)
    return plan
