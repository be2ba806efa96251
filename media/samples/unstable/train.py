"""A rate that is warmed up to ten times too much: the network learns, then diverges. Run as `python train.py | tee training.log`."""

import torch
from torch import nn

torch.manual_seed(3)

STEPS = 600
PEAK_RATE = 1.0


class Network(nn.Module):
    def __init__(self, hidden: int = 64):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(8, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, 1),
        )

    def forward(self, x):
        return self.layers(x).squeeze(-1)


def make_batch(size: int = 64) -> tuple[torch.Tensor, torch.Tensor]:
    x = torch.randn(size, 8)
    return x, (x[:, 0] * x[:, 1] + x[:, 2].sin() * 2 + x[:, 3]) + torch.randn(size) * 0.1


def gradient_norm(model: nn.Module) -> float:
    return torch.stack([p.grad.norm() for p in model.parameters()]).norm().item()


def train() -> None:
    model = Network()
    criterion = nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=PEAK_RATE, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (step + 1) / STEPS)
    for step in range(STEPS):
        x, y = make_batch()
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        norm = gradient_norm(model)
        optimizer.step()
        rate = scheduler.get_last_lr()[0]
        scheduler.step()
        print(f"step {step + 1}/{STEPS} loss: {loss.item():.4g} grad_norm: {norm:.4g} lr: {rate:.4g}", flush=True)


if __name__ == "__main__":
    train()
