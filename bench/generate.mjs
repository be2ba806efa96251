import { closeSync, openSync, writeSync } from 'node:fs';

/** Random numbers in [0, 1), the same at every run (mulberry32). */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PER_EPOCH = 1_000;

/** A falling loss with noise. */
const loss = (i, random) => 0.5 + 4 * Math.exp(-i / 20_000) + 0.1 * random();

/** What the files of each format consist of: the record at `i`, and what stands before and after all of them. */
export const shapes = {
  csv: {
    before: 'epoch,step,train_loss,val_loss,accuracy,lr\n',
    record: (i, random) =>
      `${Math.floor(i / PER_EPOCH)},${i},${loss(i, random).toFixed(5)},${i % 50 === 0 ? loss(i, random) : ''},${random().toFixed(4)},${(1e-3 * random()).toExponential(4)}\n`,
  },
  jsonl: {
    record: (i, random) =>
      `{"epoch": ${Math.floor(i / PER_EPOCH)}, "step": ${i}, "train_loss": ${loss(i, random)}, "lr": ${1e-3 * random()}, "memory": 2928}\n`,
  },
  'hf-trainer-state': {
    before: '{\n  "global_step": 1000000,\n  "log_history": [\n    {"epoch": 0.0, "loss": 9.5, "step": 0}',
    record: (i, random) =>
      `,\n    {\n      "epoch": ${(i / PER_EPOCH).toFixed(3)},\n      "grad_norm": ${random()},\n      "learning_rate": ${1e-4 * random()},\n      "loss": ${loss(i, random).toFixed(4)},\n      "step": ${i + 1}\n    }`,
    after: '\n  ],\n  "max_steps": 1000000,\n  "num_train_epochs": 3\n}\n',
  },
  'text, nanoGPT': {
    record: (i, random) =>
      i % 250 === 0
        ? `step ${i}: train loss ${loss(i, random).toFixed(4)}, val loss ${loss(i, random).toFixed(4)}\n`
        : `iter ${i}: loss ${loss(i, random).toFixed(4)}, time ${(20 + 900 * random()).toFixed(2)}ms, mfu ${(40 * random()).toFixed(2)}%\n`,
  },
  'text, mmdet': {
    record: (i, random) =>
      `2020-10-28 21:${two((i / 60) % 60)}:${two(i % 60)},109 - mmdet - INFO - Epoch [${1 + Math.floor(i / PER_EPOCH)}][${50 * (1 + (i % PER_EPOCH))}/50000]\t` +
      `lr: ${(0.02 * random()).toExponential(3)}, eta: 12:${two(60 * random())}:12, time: ${random().toFixed(3)}, memory: 3950, ` +
      `loss_cls: ${random().toFixed(4)}, acc: ${(100 * random()).toFixed(4)}, loss_bbox: ${random().toFixed(4)}, loss: ${loss(i, random).toFixed(4)}\n`,
  },
  'text, Hugging Face dicts': {
    record: (i, random) =>
      `{'loss': ${loss(i, random).toFixed(4)}, 'grad_norm': ${10 * random()}, 'learning_rate': ${1e-4 * random()}, 'epoch': ${(i / PER_EPOCH).toFixed(2)}}\n`,
  },
  'text, Keras bars': {
    record: (i, random) => {
      const batch = i % 101;
      if (batch === 0) return `Epoch ${i / 101 + 1}/10000\n`;
      const done = '='.repeat(0.3 * batch);
      const bar = `${batch}/100 [${done}>${'.'.repeat(30 - done.length)}] - ${batch === 100 ? '3s' : 'ETA: 2s'} - loss: ${loss(i, random).toFixed(4)}`;
      return batch === 100 ? `${bar} - val_loss: ${loss(i, random).toFixed(4)}\n` : `${bar}\r`;
    },
  },
  'text, no metrics': {
    record: (_i, random) => {
      const words =
        'the worker copies every layer of weights into place before any data arrives from disk'.split(' ');
      return `${Array.from({ length: 12 }, () => words[Math.floor(random() * words.length)]).join(' ')}\n`;
    },
  },
};

/** Writes a file of about `bytes` bytes; gives its true size. */
export function writeLog(path, shape, bytes, seed = 1) {
  const random = seeded(seed);
  const file = openSync(path, 'w');
  let written = 0;
  const write = (text) => (written += writeSync(file, text));
  write(shape.before ?? '');
  let block = '';
  for (let i = 0; written + block.length < bytes; i++) {
    block += shape.record(i, random);
    if (block.length < 1 << 20) continue;
    write(block);
    block = '';
  }
  write(block + (shape.after ?? ''));
  closeSync(file);
  return written;
}

function two(value) {
  return String(Math.floor(value)).padStart(2, '0');
}
