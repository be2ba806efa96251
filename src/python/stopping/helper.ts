import type { SourceText } from '../model/sourceText';

/** The class that counts checks without improvement, in the file's own indentation and quotes. */
export function helperClass(copy: string, { indent, quote, eol }: SourceText): string {
  const lines = [
    [0, 'class EarlyStopping:'],
    [1, '"""Says when a value has not improved for some checks, and keeps the best weights."""'],
    [0, ''],
    [1, 'def __init__(self, patience, min_delta=0.0):'],
    [2, 'self.patience = patience'],
    [2, 'self.min_delta = min_delta'],
    [2, `self.best = float(${quote}inf${quote})`],
    [2, 'self.checks = 0'],
    [2, 'self.state = None'],
    [0, ''],
    [1, 'def should_stop(self, value, model):'],
    [2, 'if value < self.best - self.min_delta:'],
    [3, 'self.best = value'],
    [3, 'self.checks = 0'],
    [3, `self.state = ${copy}.deepcopy(model.state_dict())`],
    [2, 'else:'],
    [3, 'self.checks += 1'],
    [2, 'return self.checks >= self.patience'],
    [0, ''],
    [1, 'def restore(self, model):'],
    [2, 'if self.state is not None:'],
    [3, 'model.load_state_dict(self.state)'],
  ] as const;
  return lines.map(([depth, line]) => (line === '' ? '' : indent.repeat(depth) + line) + eol).join('');
}
