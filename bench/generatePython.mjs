/** A network, what prepares its data, its evaluation and its training loop: what training scripts are made of. */
const block = (i) => `
class Network${i}(nn.Module):
    """A small convolutional network for task ${i}.

    Args:
        channels: how many channels the images have.
        classes: how many classes there are.
    """

    def __init__(self, channels: int = 3, classes: int = 10, width: int = ${32 + (i % 4) * 16}):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, kernel_size=3, padding=1)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width * 2, kernel_size=3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(width * 2 * 8 * 8, 256)
        self.fc2 = nn.Linear(256, classes)
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x):
        x = self.pool(F.relu(self.norm1(self.conv1(x))))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))
        return self.fc2(x) * self.scale


def collate_${i}(samples, size=(32, 32)):
    """Puts samples of any size into one batch."""
    images = [resize(sample["image"], size) for sample in samples]
    labels = [int(sample["label"]) for sample in samples]
    # Labels may be missing in the test set.
    if any(label < 0 for label in labels):
        raise ValueError(f"a sample of task ${i} has no label: {labels}")
    return torch.stack(images), torch.tensor(labels, dtype=torch.long)


def summarise_${i}(history, path=None):
    """Writes what a training gave as lines of JSON."""
    best = max(history, key=lambda row: row["accuracy"])
    lines = []
    for number, row in enumerate(history):
        mark = "*" if row is best else " "
        lines.append("{} {:>4} {:.4f} {:.4f}".format(mark, number, row["loss"], row["accuracy"]))
    if path is not None:
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"history": history, "best": best, "task": ${i}}, file, indent=2)
    print("\\n".join(lines))
    return best


@torch.no_grad()
def evaluate_${i}(model, loader, criterion, device):
    model.eval()
    total, correct, seen = 0.0, 0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        outputs = model(images)
        total += criterion(outputs, labels).item() * labels.size(0)
        correct += (outputs.argmax(dim=1) == labels).sum().item()
        seen += labels.size(0)
    return {"loss": total / max(1, seen), "accuracy": correct / max(1, seen)}


def train_${i}(config, train_loader, val_loader, device="cuda"):
    """Trains task ${i} and gives back its history."""
    model = Network${i}(channels=config["channels"], classes=config["classes"]).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=config["lr"])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=config["epochs"])
    criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
    history = []
    for epoch in range(config["epochs"]):
        model.train()
        running = 0.0
        for step, (images, labels) in enumerate(train_loader):
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad(set_to_none=True)
            outputs = model(images)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            running += loss.item()
            if step % config.get("log_every", 50) == 0:
                logger.info("task %d epoch %d step %d loss %.4f", ${i}, epoch, step, loss.item())
        scheduler.step()
        metrics = evaluate_${i}(model, val_loader, criterion, device)
        metrics["train_loss"] = running / len(train_loader)
        history.append(metrics)
        if metrics["accuracy"] >= max(row["accuracy"] for row in history):
            torch.save(model.state_dict(), os.path.join(config["folder"], f"best_{epoch}.pt"))
    return summarise_${i}(history, path=config.get("path"))
`;
const head = `"""Trainings of many tasks."""
import json
import logging
import os

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader

logger = logging.getLogger(__name__)
`;

/** A training script of at least so many lines. */
export function trainingScript(lines, first = 0) {
  let text = head;
  for (let i = first; text.split('\n').length < lines; i++) text += block(i);
  return text;
}
