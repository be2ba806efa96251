"""What a training leaves: the log as a user would have it, and the oracle beside it."""

import math


def short(value):
    """Four significant digits; what is not finite becomes a string."""
    if value is None:
        return None
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(f"{value:.4g}")


class TrainColumn:
    """Turns the losses of single batches into the points a framework logs."""

    def __init__(self, style, every):
        self.style, self.every = style, every
        self.window, self.epoch, self.average, self.count = [], [], 0.0, 0

    def add(self, loss):
        """Takes the loss of a batch; returns a value when a point is due, else None."""
        self.window.append(loss)
        self.epoch.append(loss)
        self.average = 0.98 * self.average + 0.02 * loss
        self.count += 1
        if self.count % self.every:
            return None
        window, self.window = self.window, []
        if self.style == "from-zero":
            return self.average
        if self.style == "saw-tooth":
            return sum(self.epoch) / len(self.epoch)
        return loss if self.style == "single" else sum(window) / len(window)

    def end_epoch(self):
        """A running mean over the epoch starts again."""
        self.epoch = []


def draw_logging(plan, rng):
    """Which columns the log has, how often it has a point, and what a point is."""
    flags, every = plan["flags"], plan["every"]
    style, points = "mean", every
    if plan["axis"] == "step":
        wanted = math.exp(rng.uniform(math.log(40), math.log(2000)))
        points = max(1, round(every * plan["evaluations"] / wanted))
        style = "single" if rng.random() < 0.5 else "mean"
    if flags.get("sawTooth"):
        style, points = "saw-tooth", max(1, every // int(rng.integers(6, 20)))
    if flags.get("fromZero"):
        style = "from-zero"
    if plan["recipe"] in ("noisy-flat", "one-hard-batch") and plan["axis"] == "step":
        style = "single"
    plan["logStyle"], plan["logEvery"] = style, points
    plan["epochOffset"] = -1 if plan["axis"] == "epoch" and rng.random() < 0.25 else 0
    plan["columns"] = {
        "val": bool(rng.random() > 0.08),
        "accuracy": bool(rng.random() > 0.4),
        "learning_rate": bool(rng.random() > 0.5),
        "grad_norm": bool(rng.random() > 0.7),
    }


class Record:
    """Collects points by column name, with their x and whether the log still shows them."""

    def __init__(self):
        self.log, self.oracle = {}, {"x": [], "test": [], "clean": []}

    def point(self, column, x, value):
        """Adds a point to a column of the log."""
        if value is not None:
            series = self.log.setdefault(column, {"x": [], "y": []})
            series["x"].append(x)
            series["y"].append(short(value))

    def judge(self, x, test, clean):
        """Adds an evaluation to the oracle; each part is (loss, accuracy)."""
        self.oracle["x"].append(x)
        for name, (loss, accuracy) in (("test", test), ("clean", clean)):
            self.oracle[name].append(short(loss))
            if accuracy is not None:
                self.oracle.setdefault(f"{name}_accuracy", []).append(short(accuracy))
