"""Eight sigmoid layers without a norm let no gradient through: the network stays at guessing. Its log is `metrics.jsonl`."""

import json
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(11)


def make_data(samples: int) -> TensorDataset:
    """The fields of a chessboard."""
    points = torch.rand(samples, 2) * 4
    labels = (points[:, 0].floor() + points[:, 1].floor()).long() % 2
    return TensorDataset(points - 2, labels)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 32),
            nn.Sigmoid(),
            nn.Linear(32, 2),
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


def train(epochs: int = 40) -> None:
    train_loader = DataLoader(make_data(2000), batch_size=50, shuffle=True)
    val_loader = DataLoader(make_data(1000), batch_size=100)
    model = Network()
    criterion = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    with open(Path(__file__).with_name("metrics.jsonl"), "w") as log:
        for epoch in range(epochs):
            model.train()
            for x, y in train_loader:
                optimizer.zero_grad()
                loss = criterion(model(x), y)
                loss.backward()
                optimizer.step()
            train_loss, train_accuracy = evaluate(model, train_loader, criterion)
            val_loss, val_accuracy = evaluate(model, val_loader, criterion)
            row = {
                "epoch": epoch + 1,
                "train_loss": round(train_loss, 5),
                "train_accuracy": round(train_accuracy, 4),
                "val_loss": round(val_loss, 5),
                "val_accuracy": round(val_accuracy, 4),
            }
            log.write(json.dumps(row) + "\n")
            log.flush()


if __name__ == "__main__":
    train()
