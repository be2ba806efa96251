"""A plain PyTorch training loop. Put the cursor on `optimizer.step()` and open the light bulb."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def make_loader(samples: int, batch_size: int) -> DataLoader:
    points = torch.randn(samples, 2)
    labels = (points[:, 0] * points[:, 1] > 0).long()
    return DataLoader(TensorDataset(points, labels), batch_size=batch_size, shuffle=True)


class Network(nn.Module):
    def __init__(self, hidden: int = 128):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(2, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 2),
        )

    def forward(self, x):
        return self.layers(x)


def train(model: nn.Module, loader: DataLoader, epochs: int) -> None:
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    criterion = nn.CrossEntropyLoss()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for points, labels in loader:
            optimizer.zero_grad()
            loss = criterion(model(points), labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch + 1}/{epochs} train_loss: {total / len(loader):.4f}")


if __name__ == "__main__":
    train(Network(), make_loader(256, 32), epochs=20)
