"""The training loop: real gradient descent by a plan, with the oracle looking on."""

import copy
import math
import time

import torch

from batches import batches
from disturb import augmented, deaden, spoil
from losses import evaluate, training_loss
from optimise import factor, optimizer_of
from record import Record, TrainColumn
from split import easy_first

LIMIT = 30.0  # seconds; a run that takes longer is dropped
CLEAN = 400
CLEAN_WINDOWS = 64


class TooSlow(Exception):
    """A run took longer than the limit."""


class Training:
    """One run: its network, its optimizer, and the step it stands at."""

    def __init__(self, plan, data, rng, network):
        self.plan, self.data, self.network = plan, data, network
        deaden(plan, network)
        trainable = [each for each in network.parameters() if each.requires_grad]
        self.optimizer = optimizer_of(plan, trainable)
        self.trainable, self.step, self.norm = trainable, 0, None
        self.average = copy.deepcopy(network) if plan["ema"] else None
        easy, switch = None, plan["flags"].get("curriculum")
        if switch is not None:
            mask = easy_first(data)
            easy = lambda step: mask if step < switch else None  # noqa: E731
        self.batches = batches(plan, data, rng, easy)
        keep = CLEAN_WINDOWS if data.kind == "text" else CLEAN
        self.clean = tuple(part[:keep] for part in data.train)

    def descend(self):
        """One step; returns the loss and the accuracy of its batch."""
        plan, classes = self.plan, self.data.classes
        for group in self.optimizer.param_groups:
            group["lr"] = plan["lr"] * factor(plan, self.step)
        x, y = next(self.batches)
        x, y, scale = spoil(plan, self.step, augmented(plan, x, self.data.kind), y, classes)
        self.network.train()
        loss, accuracy = training_loss(plan, self.network, x, y, classes)
        loss = loss * scale
        self.optimizer.zero_grad()
        (-loss if plan["flags"].get("dead") == "sign" else loss).backward()
        if plan["clip"] or plan["columns"]["grad_norm"]:
            bound = plan["clip"] or math.inf
            self.norm = torch.nn.utils.clip_grad_norm_(self.trainable, bound).item()
        self.optimizer.step()
        if self.average is not None:
            self.follow()
        self.step += 1
        return loss.item(), accuracy

    @torch.no_grad()
    def follow(self):
        """Moves the averaged weights towards the present ones."""
        present = self.network.state_dict()
        for name, value in self.average.state_dict().items():
            if value.is_floating_point():
                value.lerp_(present[name], 1 - self.plan["ema"])

    def evaluate(self, part):
        """Loss and accuracy of a part with the weights that would be shipped."""
        return evaluate(self.average or self.network, part, self.data.classes)

    def state(self):
        """A checkpoint; `restore` goes back to it."""
        parts = self.network.state_dict(), self.optimizer.state_dict()
        return copy.deepcopy(parts), self.step

    def restore(self, checkpoint):
        """Goes on from a checkpoint, with other batches than the first time."""
        (network, optimizer), self.step = copy.deepcopy(checkpoint)
        self.network.load_state_dict(network)
        self.optimizer.load_state_dict(optimizer)


def axis(plan, step):
    """A step in the log's units."""
    if plan["axis"] == "step":
        return step
    return round(step / plan["every"] + plan["epochOffset"], 3)


def run(training):
    """Trains to the end of the longer run. Returns the record; sets what the log really shows."""
    plan, data, record = training.plan, training.data, Record()
    columns, resume = plan["columns"], plan["flags"].get("resume")
    column = TrainColumn(plan["logStyle"], plan["logEvery"])
    right = TrainColumn("mean", plan["logEvery"])
    started, done, ended, checkpoint = time.time(), 0, None, None
    index, shown, every = 0, plan["evaluations"], plan["every"]
    while index < plan["total"] and (ended is None or done < max(5, ended + 3)):
        index += 1
        for _ in range(every):
            loss, accuracy = training.descend()
            if not math.isfinite(loss) and ended is None:
                ended = done + 1
            value, share = column.add(loss), right.add(accuracy or 0.0)
            if value is None or index > shown:
                continue
            x = axis(plan, training.step)
            record.point("train", x, value)
            if columns["accuracy"] and accuracy is not None:
                record.point("train_accuracy", x, share)
            if columns["learning_rate"]:
                record.point("learning_rate", x, plan["lr"] * factor(plan, training.step - 1))
            if columns["grad_norm"]:
                record.point("grad_norm", x, training.norm)
        column.end_epoch()
        done += 1
        x, val = axis(plan, training.step), training.evaluate(data.val)
        test = training.evaluate(data.test)
        record.judge(x, test, training.evaluate(training.clean))
        if not math.isfinite(val[0] + test[0]) and ended is None:
            ended = done
        if index <= shown:
            record.shown = done
            if columns["val"]:
                record.point("val", x, val[0])
                record.point("val_accuracy", x, val[1] if columns["accuracy"] else None)
        if resume and index == resume["from"] and checkpoint is None:
            checkpoint = training.state()
        if resume and index == resume["crash"]:
            training.restore(checkpoint)
            index, plan["plan"] = resume["from"], plan["plan"] + resume["crash"] - resume["from"]
            resume = None
        if time.time() - started > LIMIT:
            raise TooSlow
    return record
