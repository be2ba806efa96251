"""The networks: perceptron, convolutional, recurrent, transformer, autoencoder."""

import torch
from torch import nn


def perceptron(inputs, outputs, width, depth, dropout=0.0, batch_norm=False):
    """Linear layers with ReLU, each optionally with batch normalisation and dropout."""
    layers, last = [nn.Flatten()], inputs
    for _ in range(depth):
        layers.append(nn.Linear(last, width))
        layers += [nn.BatchNorm1d(width)] if batch_norm else []
        layers += [nn.ReLU()] + ([nn.Dropout(dropout)] if dropout else [])
        last = width
    return nn.Sequential(*layers, nn.Linear(last, outputs))


def convolutional(outputs, width, depth, dropout=0.0, batch_norm=False):
    """3x3 convolutions on 8x8 images, pooled once, with a linear head."""
    layers, last = [nn.Unflatten(1, (1, 8, 8))], 1
    for layer in range(depth):
        layers.append(nn.Conv2d(last, width, 3, padding=1))
        layers += [nn.BatchNorm2d(width)] if batch_norm else []
        layers += [nn.ReLU()] + ([nn.MaxPool2d(2)] if layer == 0 else [])
        last = width
    layers += [nn.Flatten()] + ([nn.Dropout(dropout)] if dropout else [])
    return nn.Sequential(*layers, nn.Linear(width * 16, outputs))


class Residual(nn.Module):
    """A normalised perceptron beside a way around it."""

    def __init__(self, width, dropout):
        super().__init__()
        wide = nn.Linear(width, 2 * width)
        self.branch = nn.Sequential(
            nn.LayerNorm(width), wide, nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * width, width)
        )

    def forward(self, x):
        return x + self.branch(x)


def residual(inputs, outputs, width, depth, dropout):
    """Residual blocks with layer normalisation, as in a transformer without attention."""
    blocks = [Residual(width, dropout) for _ in range(depth)]
    ends = nn.LayerNorm(width), nn.Linear(width, outputs)
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs, width), *blocks, *ends)


def temporal(outputs, width, depth, dropout):
    """Convolutions over time, twice as far apart in each layer."""
    layers, last = [nn.Flatten(), nn.Unflatten(1, (1, -1))], 1
    for layer in range(depth):
        layers.append(nn.Conv1d(last, width, 3, padding=2**layer, dilation=2**layer))
        layers += [nn.ReLU()] + ([nn.Dropout(dropout)] if dropout else [])
        last = width
    return nn.Sequential(*layers, nn.Flatten(), nn.LazyLinear(outputs))


class Recurrent(nn.Module):
    """A GRU or LSTM over values or characters; predicts at each step or after the last one."""

    def __init__(self, cell, inputs, outputs, width, dropout, text):
        super().__init__()
        self.text = text
        self.embed = nn.Embedding(inputs, 24) if text else nn.Identity()
        self.core = getattr(nn, cell)(24 if text else inputs, width, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.head = nn.Linear(width, outputs)

    def forward(self, x):
        if not self.text and x.dim() == 2:
            x = x.unflatten(1, (8, 8))  # an image is read row by row
        states, _ = self.core(self.embed(x))
        return self.head(self.drop(states if self.text else states[:, -1]))


class Transformer(nn.Module):
    """A tiny causal transformer; `last` predicts after the last token only."""

    def __init__(self, vocabulary, outputs, width, depth, dropout, length, last):
        super().__init__()
        self.last = last
        self.embed = nn.Embedding(vocabulary, width)
        self.place = nn.Parameter(torch.randn(length, width) * 0.02)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                width, 2, 2 * width, dropout, batch_first=True, norm_first=True
            )
            for _ in range(depth)
        )
        self.head = nn.Linear(width, outputs)
        mask = nn.Transformer.generate_square_subsequent_mask(length)
        self.register_buffer("mask", mask)

    def forward(self, x):
        states = self.embed(x) + self.place
        for layer in self.layers:
            states = layer(states, src_mask=self.mask, is_causal=True)
        return self.head(states[:, -1] if self.last else states)


def build(plan, data):
    """The network of a plan for its data."""
    kind, name, x = data.kind, plan["architecture"], data.train[0]
    outputs = data.classes or data.train[1].shape[1]
    width, depth, dropout = plan["width"], plan["depth"], plan["dropout"]
    norm = name.endswith("-bn")
    if name in ("gru", "lstm"):
        inputs = outputs if kind == "text" else x.shape[-1] if kind == "series" else 8
        return Recurrent(name.upper(), inputs, outputs, width, dropout, kind == "text")
    if name == "transformer":
        width = max(4, width // 4 * 4)
        length = x.shape[1]
        return Transformer(outputs, outputs, width, depth, dropout, length, kind == "modular")
    if name == "resmlp":
        return residual(x[0].numel(), outputs, width, depth, dropout)
    if name == "tcn":
        network = temporal(outputs, width, depth, dropout)
        network(x[:1])  # the last layer learns its size from a sample
        return network
    if name.startswith("cnn"):
        return convolutional(outputs, width, depth, dropout, norm)
    if name == "autoencoder":
        code = max(1, width // 6)
        encoder = perceptron(64, code, width, depth, dropout)
        return nn.Sequential(encoder, nn.ReLU(), perceptron(code, 64, width, depth))
    if kind == "modular":
        embed = nn.Embedding(outputs, 48)
        return nn.Sequential(embed, perceptron(96, outputs, width, depth, dropout))
    return perceptron(x[0].numel(), outputs, width, depth, dropout, norm)
