"""Text for the character language models: a random grammar, and Python's own library sources."""

import inspect
import os
import string
from pathlib import Path

import numpy as np

LENGTH = 32
# Printable characters only; everything else becomes a space, so the vocabulary stays below 100.
ALPHABET = "\n" + string.printable[:95]


def grammar_text(rng, characters):
    """Sentences of a grammar whose words and rules are drawn from the run's own generator."""
    letters = list("abcdefghijklmnop")
    words = ["".join(rng.choice(letters, rng.integers(2, 7))) for _ in range(40)]
    roles = [list(rng.choice(words, rng.integers(4, 12))) for _ in range(6)]
    rules = [list(rng.integers(0, 6, rng.integers(3, 7))) for _ in range(5)]
    pieces, total = [], 0
    while total < characters:
        rule = rules[rng.integers(len(rules))]
        sentence = " ".join(roles[role][rng.integers(len(roles[role]))] for role in rule) + ". "
        pieces.append(sentence)
        total += len(sentence)
    return "".join(pieces)[:characters]


def library_text(rng, characters):
    """Consecutive sources of the standard library, beginning at a random file."""
    files = sorted(Path(inspect.getfile(os)).parent.glob("*.py"))
    start, pieces, total = int(rng.integers(len(files))), [], 0
    for offset in range(len(files)):
        text = files[(start + offset) % len(files)].read_text(encoding="utf8", errors="replace")
        pieces.append(text)
        total += len(text)
        if total >= characters:
            break
    return "".join(pieces)[:characters]


def windows(text, rng):
    """Non-overlapping windows in random order: inputs and the same shifted by one character."""
    used = sorted(set(text) & set(ALPHABET) | {" "})
    index = {character: number for number, character in enumerate(used)}
    codes = np.array([index.get(character, index[" "]) for character in text], dtype=np.int64)
    count = (len(codes) - 1) // LENGTH
    x = codes[: count * LENGTH].reshape(count, LENGTH)
    y = codes[1 : count * LENGTH + 1].reshape(count, LENGTH)
    order = rng.permutation(count)
    return x[order], y[order], len(used)


def language(source):
    """A builder of a pool of text windows; `source` makes the text."""

    def build(rng, count, _size):
        return windows(source(rng, count * LENGTH + 1), rng)

    return build
