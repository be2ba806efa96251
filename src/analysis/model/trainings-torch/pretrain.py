"""Fine-tuning starts from a network that has already learnt a related task."""

import torch

from losses import loss_of

STEPS, BATCH, RATE = 250, 32, 0.002


def pretrain(network, data):
    """Trains the network on the related task with Adam."""
    x, y = data.related
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    network.train()
    for _ in range(STEPS):
        chosen = torch.randint(0, len(x), (min(BATCH, len(x)),))
        loss = loss_of(network(x[chosen]), y[chosen], data.classes)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
