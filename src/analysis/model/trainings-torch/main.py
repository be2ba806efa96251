"""Makes real training histories with PyTorch, one line of JSON each; see --help."""

import argparse
import json
import signal
import time
import warnings
from pathlib import Path

import numpy as np
import torch

from disturb import draw_disturbances
from gan import run_gan
from loop import LIMIT, TooSlow, Training, run
from nets import build
from optimise import draw_schedule
from plan import draw
from pretrain import pretrain
from record import draw_logging, short
from split import prepare

# What of a plan is not a knob: it has a place of its own in the line, or is plain bookkeeping.
NOT_KNOBS = ("seed", "recipe", "data", "architecture", "axis", "plan", "evaluations", "total",
             "longer")  # fmt: skip
REGULARISERS = ("dropout", "weightDecay", "clip", "augment", "mixup", "labelSmoothing", "ema")


def tidy(value):
    """Short numbers wherever they are."""
    return short(value) if isinstance(value, float) else value


def knobs(plan):
    """The knobs of a plan, the regularisers that are on in a part of their own."""
    rest = {key: tidy(value) for key, value in plan.items() if key not in NOT_KNOBS}
    on = {key: rest.pop(key) for key in REGULARISERS if key in rest}
    return {**rest, "regularisers": {key: value for key, value in on.items() if value}}


def make(seed):
    """The line of a seed as a dictionary."""
    plan = draw(seed)
    rng = np.random.default_rng([7, seed])
    torch.manual_seed(seed)
    draw_schedule(plan, rng)
    draw_disturbances(plan, rng)
    draw_logging(plan, rng)
    if plan["architecture"] == "gan":
        record, task, classes = run_gan(plan, rng), "gan", None
    else:
        data = prepare(plan, rng)
        network = build(plan, data)
        if plan["flags"].get("pretrain"):
            pretrain(network, data)
        task, classes = data.task, data.classes
        record = run(Training(plan, data, rng, network))
    name = f"torch/{plan['data']}/{plan['architecture']}/{seed}"
    line = {"id": name, "framework": "torch", "task": task, "classes": classes}
    line.update({key: plan[key] for key in ("data", "architecture", "seed", "recipe", "axis")})
    line.update(evaluations=record.shown, plan=plan["plan"], knobs=knobs(plan))
    return {**line, "log": record.log, "oracle": record.oracle}


def seeds_in(path):
    """The seeds a file already has; a line broken by a crash counts as missing."""
    seeds = set()
    for line in path.read_text(encoding="utf8").splitlines() if path.exists() else []:
        try:
            seeds.add(json.loads(line)["seed"])
        except ValueError:
            continue
    return seeds


def too_slow(*_):
    """Ends a run that is past the limit, wherever it stands."""
    raise TooSlow


def main():
    """Makes the missing runs of a range of seeds."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="file to append lines to")
    options.add_argument("--count", type=int, required=True, help="number of seeds")
    options.add_argument("--first", type=int, default=1, help="first seed")
    given = options.parse_args()
    signal.signal(signal.SIGALRM, too_slow)
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore")
    done, dropped, started = seeds_in(given.out), 0, time.time()
    with given.out.open("a", encoding="utf8") as file:
        for seed in range(given.first, given.first + given.count):
            if seed in done:
                continue
            begun = time.time()
            signal.alarm(int(LIMIT))
            try:
                line = make(seed)
            except Exception as error:  # one seed that fails must not end a recording of an hour
                dropped += 1
                print(f"{seed} dropped: {error!r}; {dropped} so far", flush=True)
                continue
            finally:
                signal.alarm(0)
            file.write(json.dumps(line) + "\n")
            file.flush()
            took = time.time() - begun
            print(f"{seed} {line['recipe']} {line['id']} {took:.2f} s", flush=True)
    print(f"{time.time() - started:.0f} s in all, {dropped} dropped")


if __name__ == "__main__":
    main()
