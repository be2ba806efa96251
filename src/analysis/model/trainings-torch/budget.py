"""How long a run is: evaluations, steps between them, the cut of its log; all within a budget."""

import math

# Milliseconds of a step on one core, measured: overhead, and batch x width for one more of them.
STEP = {"mlp": (0.7, 6e4), "mlp-bn": (0.9, 4e4), "cnn": (1.7, 950), "cnn-bn": (2.5, 350),
        "gru": (2.5, 600), "lstm": (2.0, 600), "transformer": (3.0, 200),
        "autoencoder": (1.1, 2e4), "gan": (3.0, 4e4), "resmlp": (1.6, 2.5e4), "tcn": (1.6, 2000)}  # fmt: skip
# Milliseconds of an evaluation of validation, test and clean set together.
EVALUATION = {"mlp": 1.5, "mlp-bn": 2, "cnn": 18, "cnn-bn": 24, "gru": 16, "lstm": 16,
              "transformer": 26, "autoencoder": 2.5, "gan": 0, "resmlp": 3, "tcn": 12}  # fmt: skip
LIMIT = 1400
# Understanding modular addition takes very long, and so does learning wrong labels by heart.
PATIENT = 3500
LONG = 60


def log_uniform(rng, low, high):
    """A number between the bounds, uniform in its logarithm."""
    return float(math.exp(rng.uniform(math.log(low), math.log(high))))


def cost(plan):
    """Milliseconds of one step: overhead, what grows with the batch, and the weights' update."""
    overhead, per = STEP[plan["architecture"]]
    depth, width = plan["depth"], plan["width"]
    weights = width * width * depth / 1.5e5
    return overhead + plan["batch"] * width * min(depth, 2) / per / 2 + weights


def total(evaluations, shown):
    """Evaluations of the longer run, which the oracle follows."""
    return max(evaluations, math.ceil(shown * (2.5 if shown <= LONG else 1.5)))


def lengths(plan, steps, rng):
    """Sets plan (planned evaluations), every (steps between them), evaluations (shown)."""
    wanted = log_uniform(rng, *steps)
    many = rng.random() < 0.05 and "mlp" in plan["architecture"] and plan["axis"] == "step"
    evaluations = log_uniform(rng, 500, 2000) if many else log_uniform(rng, 5, 200)
    # Logs of five lines are rare where people look for trouble.
    least = 5 if rng.random() < 0.15 else 12
    if plan["flags"].get("sawTooth"):
        evaluations = min(evaluations, wanted / 20)
    if plan["axis"] == "epoch":
        every = math.ceil(plan["trainSize"] / plan["batch"])
        if every > wanted / least:  # a bigger batch or fewer samples, so that the epochs fit
            while every > wanted / least and plan["batch"] < 256 and plan["trainSize"] > 600:
                plan["batch"] *= 2
                every = math.ceil(plan["trainSize"] / plan["batch"])
            every = max(1, min(every, int(wanted / least)))
            plan["trainSize"] = min(plan["trainSize"], every * plan["batch"])
        evaluations = min(400, wanted / every)
    evaluations = max(least, round(evaluations))
    if plan["axis"] == "step":
        every = max(1, round(wanted / evaluations))
    cut = rng.random() < 0.35
    share = rng.uniform(0.15, 0.9)
    limit = PATIENT if plan["flags"].get("grokking") or plan["labelNoise"] else LIMIT
    while True:
        shown = max(5, round(evaluations * share)) if cut else evaluations
        whole = total(evaluations, shown)
        judging, stepping = EVALUATION[plan["architecture"]], every * cost(plan)
        if whole * (stepping + judging) < limit or (evaluations <= least and every <= 2):
            break
        if evaluations > least and (plan["axis"] == "epoch" or judging > stepping):
            evaluations = max(least, int(evaluations * 0.85))
            every = every if plan["axis"] == "epoch" else max(1, round(wanted / evaluations))
            continue
        wanted *= 0.85
        every = max(2, int(every * 0.85))
        if plan["axis"] == "epoch":  # an epoch is every sample once
            plan["trainSize"] = min(plan["trainSize"], every * plan["batch"])
    plan.update(plan=evaluations, evaluations=shown, total=whole, every=every)
