"""A network that is far too large for 120 examples learns them by heart. Its log is `training.csv` beside this file."""

import csv
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(7)

FEATURES = 20
CLASSES = 4
centres = torch.randn(CLASSES, FEATURES) * 0.55


def make_data(samples: int) -> TensorDataset:
    labels = torch.randint(CLASSES, (samples,))
    return TensorDataset(centres[labels] + torch.randn(samples, FEATURES), labels)


class Network(nn.Module):
    def __init__(self, hidden: int = 256):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(FEATURES, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, CLASSES),
        )

    def forward(self, x):
        return self.layers(x)


def evaluate(model: nn.Module, loader: DataLoader, criterion: nn.Module) -> tuple[float, float]:
    model.eval()
    loss, right, count = 0.0, 0, 0
    with torch.no_grad():
        for x, y in loader:
            output = model(x)
            loss += criterion(output, y).item() * len(y)
            right += (output.argmax(1) == y).sum().item()
            count += len(y)
    return loss / count, right / count


def train(epochs: int = 60) -> None:
    train_loader = DataLoader(make_data(120), batch_size=16, shuffle=True)
    val_loader = DataLoader(make_data(400), batch_size=100)
    model = Network()
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4, weight_decay=0.0)
    with open(Path(__file__).with_name("training.csv"), "w", newline="") as file:
        log = csv.writer(file)
        log.writerow(["epoch", "train_loss", "val_loss", "val_accuracy"])
        for epoch in range(epochs):
            model.train()
            total = 0.0
            for x, y in train_loader:
                optimizer.zero_grad()
                loss = criterion(model(x), y)
                loss.backward()
                optimizer.step()
                total += loss.item() * len(y)
            val_loss, val_accuracy = evaluate(model, val_loader, criterion)
            log.writerow([epoch + 1, f"{total / 120:.5f}", f"{val_loss:.5f}", f"{val_accuracy:.4f}"])
            file.flush()


if __name__ == "__main__":
    train()
