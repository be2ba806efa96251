"""A network that is far too large for 120 examples."""

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(7)
centres = torch.randn(4, 20) * 0.55


def make_loader(samples: int, batch_size: int) -> DataLoader:
    labels = torch.randint(4, (samples,))
    points = centres[labels] + torch.randn(samples, 20)
    return DataLoader(TensorDataset(points, labels), batch_size=batch_size, shuffle=True)


train_loader, val_loader = make_loader(120, 16), make_loader(400, 100)
model = nn.Sequential(
    nn.Linear(20, 256),
    nn.ReLU(),
    nn.Dropout(0.0),
    nn.Linear(256, 256),
    nn.ReLU(),
    nn.Dropout(0.0),
    nn.Linear(256, 4),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.AdamW(model.parameters(), lr=5e-4, weight_decay=0.0)

for epoch in range(60):
    model.train()
    total = 0.0
    for x, y in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    model.eval()
    with torch.no_grad():
        val_loss = sum(criterion(model(x), y).item() for x, y in val_loader) / len(val_loader)
    print(f"epoch {epoch + 1}/60 loss {total / len(train_loader):.4f} val_loss {val_loss:.4f}")
