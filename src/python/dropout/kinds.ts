/** What a layer is, for the question where dropout may stand. */
export type LayerKind =
  'linear' | 'activation' | 'batch-norm' | 'norm' | 'conv' | 'shape' | 'recurrent' | 'other';

const kinds: readonly (readonly [LayerKind, RegExp])[] = [
  ['linear', /^(Lazy)?Linear$|^Dense$/],
  [
    'activation',
    /^(ReLU6?|GELU|SiLU|LeakyReLU|ELU|CELU|Tanh|Sigmoid|PReLU|Mish|Hardswish|Softplus|Activation)$/,
  ],
  ['batch-norm', /BatchNorm|BatchNormalization/],
  ['norm', /Norm(\d?d)?$|Normalization$/],
  ['conv', /^(Lazy)?(Separable|Depthwise)?Conv/],
  ['shape', /Flatten|Pool|Reshape/],
  ['recurrent', /^(LSTM|GRU|RNN|SimpleRNN|Bidirectional)$/],
];

export function kindOf(className: string): LayerKind {
  return kinds.find(([, pattern]) => pattern.test(className))?.[0] ?? 'other';
}

/** Functions that are activations: `F.relu`, `torch.tanh`, `nn.gelu` of MLX, `x.relu()`. */
export const activationFunction =
  /^(relu6?|gelu|silu|leaky_relu|elu|celu|tanh|sigmoid|mish|hardswish|swish|softplus)_?$/;

/** One layer of a stack; `active` where an activation is an argument of the layer itself, as in Keras. */
export interface Stacked {
  kind: LayerKind;
  active: boolean;
}

/**
 * After which layers of a stack dropout may stand: after the activation of a hidden linear layer, never after the
 * output layer, and never before a batch norm, whose variance it would shift between training and test. A convolutional
 * network with nothing but an output layer gets it before that one.
 */
export function spotsIn(stack: readonly Stacked[]): number[] {
  const last = (test: (one: Stacked) => boolean): number => stack.findLastIndex(test);
  const output = last(({ kind }) => kind === 'linear');
  const lastNorm = last(({ kind }) => kind === 'batch-norm');
  const hidden = stack.flatMap(({ kind, active }, i) => {
    if (i >= output || i < lastNorm) return [];
    if (kind === 'linear') return active ? [i] : [];
    if (kind !== 'activation') return [];
    let before = i - 1;
    while (before >= 0 && /norm/.test(stack[before]!.kind)) before--;
    const source = stack[before];
    return source?.kind === 'linear' && !source.active ? [i] : [];
  });
  if (hidden.length > 0) return hidden;
  const single = stack.filter(({ kind }) => kind === 'linear').length === 1;
  const features = stack.slice(0, output).some(({ kind }) => kind === 'conv' || kind === 'recurrent');
  const flat =
    stack[output - 1]?.kind === 'shape' ||
    stack[output - 1]?.kind === 'activation' ||
    stack[output - 1]?.kind === 'recurrent';
  return single && features && flat && output === stack.length - 1 && lastNorm < output ? [output - 1] : [];
}
