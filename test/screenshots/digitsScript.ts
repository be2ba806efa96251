/** A training as people write it: too few examples, some of them labelled wrong, for a network that is too large. */
export const script = `"""Reads handwritten digits with a small network."""

import torch
from sklearn.datasets import load_digits
from torch import nn

DROPOUT = 0.0

torch.manual_seed(0)
digits = load_digits()
order = torch.randperm(len(digits.target))
images = torch.tensor(digits.data, dtype=torch.float32)[order] / 16
labels = torch.tensor(digits.target)[order]
labels[:400:5] = torch.randint(10, (80,))
train_x, train_y, val_x, val_y = images[:400], labels[:400], images[400:1000], labels[400:1000]

model = nn.Sequential(
    nn.Linear(64, 512),
    nn.ReLU(),
    nn.Dropout(DROPOUT),
    nn.Linear(512, 512),
    nn.ReLU(),
    nn.Dropout(DROPOUT),
    nn.Linear(512, 10),
)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
criterion = nn.CrossEntropyLoss()

for epoch in range(40):
    model.train()
    total = 0.0
    for rows in torch.randperm(len(train_x)).split(32):
        optimizer.zero_grad()
        loss = criterion(model(train_x[rows]), train_y[rows])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(rows)
    model.eval()
    with torch.no_grad():
        scores = model(val_x)
        val_loss = criterion(scores, val_y).item()
        val_accuracy = (scores.argmax(1) == val_y).float().mean().item()
    print(f"epoch {epoch} loss {total / len(train_x):.4f} val_loss {val_loss:.4f} val_accuracy {val_accuracy:.4f}")
`;
