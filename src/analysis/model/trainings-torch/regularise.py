"""Draws the regularisers of a plan: none, some, strong ones or absurd ones."""

from data import NUMBERS, SETS

# Options that only some recipes use: augmentation, mixup, smoothing, averaged weights.
OFF = {"augment": 0.0, "mixup": 0.0, "labelSmoothing": 0.0, "ema": 0.0}


def clip_sometimes(plan, rng):
    """Half of the recurrent nets and transformers clip, whatever the recipe."""
    often = plan["architecture"] in ("gru", "lstm", "transformer")
    if rng.random() < (0.6 if often else 0.2) and plan["flags"].get("noClip") is None:
        plan["clip"] = float(rng.choice([0.5, 1.0, 5.0]))


def some(plan, rng, strength):
    """One to three usual regularisers; `strength` doubles them."""
    text = SETS[plan["data"]][1] == "text"
    labels = plan["data"] not in NUMBERS
    labels = labels and plan["architecture"] != "autoencoder"
    if rng.random() < 0.7 or strength > 1:
        plan["dropout"] = round(rng.uniform(0.05, 0.25) * strength, 2)
    if rng.random() < 0.6:
        adamw = plan["optimizer"] == "adamw"
        decay = rng.choice([0.01, 0.05, 0.1]) if adamw else rng.choice([1e-4, 5e-4, 1e-3])
        plan["weightDecay"] = float(decay) * strength
    if rng.random() < 0.25 and labels:
        plan["labelSmoothing"] = float(rng.choice([0.05, 0.1]))
    if rng.random() < 0.25 * strength and not text:
        plan["augment"] = round(rng.uniform(0.1, 0.3) * strength, 2)
    if rng.random() < 0.1 * strength and not text and labels:
        plan["mixup"] = float(rng.choice([0.2, 0.4]))
    if rng.random() < 0.08:
        plan["ema"] = float(rng.choice([0.9, 0.98]))


def absurd(plan, rng):
    """Dropout of most of the net, or a weight decay that holds the weights near zero."""
    way = rng.random()
    if way < 0.6 and not plan["architecture"].startswith("cnn"):
        plan["dropout"] = round(rng.uniform(0.8, 0.95), 2)
        plan["width"] = max(16, plan["width"] // 2)
        plan["depth"] += 1
    if way > 0.4 or plan["architecture"] in ("gru", "lstm") or plan["dropout"] == 0:
        high = plan["optimizer"] == "adamw"
        plan["weightDecay"] = float(rng.uniform(15, 60) if high else rng.uniform(0.05, 0.3))


def regularise(plan, kind, rng):
    """Writes the regularisers of the recipe's kind into the plan."""
    plan.update(OFF)
    clip_sometimes(plan, rng)
    if kind in ("some", "strong"):
        some(plan, rng, 2 if kind == "strong" else 1)
    elif kind == "absurd":
        absurd(plan, rng)
    if plan["flags"].get("grokking"):
        plan["weightDecay"] = float(rng.uniform(0.8, 1.6))
