import { callsWhere } from './model/alike';
import { addImport, siblingOf, type Reached } from './edit/imports';
import { argument, type Call } from './model/call';
import { importsModule } from './model/framework';
import { stringOf } from './model/nodes';
import { oncePer } from './model/once';
import type { Optimizer } from './model/optimizers';
import type { Script } from './model/script';
import type { Node } from './parser';

/** Optimizers that Keras knows by a string. */
const byName: Readonly<Record<string, string>> = {
  adam: 'Adam',
  adamw: 'AdamW',
  sgd: 'SGD',
  rmsprop: 'RMSprop',
  nadam: 'Nadam',
  adagrad: 'Adagrad',
  adadelta: 'Adadelta',
  adamax: 'Adamax',
  ftrl: 'Ftrl',
  lion: 'Lion',
  adafactor: 'Adafactor',
};

/** An optimizer of Keras where the script says which: a call of its class, or its name in `compile`. */
export interface KerasOptimizer {
  /** The whole expression. */
  node: Node;
  className: string;
  /** The call, or null where it is a string. */
  call: Call | null;
  /** The `compile(…)` that it stands in directly, if it does. */
  compile: Call | null;
  legacy: boolean;
}

/** All of a file, in order. */
export const kerasOptimizers = oncePer((script: Script): readonly KerasOptimizer[] => {
  if (!importsModule(script, 'keras', 'tensorflow', 'tf_keras')) return [];
  const compiles = callsWhere(script, ({ name, path }) => name === 'compile' && path !== 'torch.compile');
  const given = compiles.flatMap((call) => {
    const optimizer = argument(call, 'optimizer', 0);
    return optimizer ? [{ call, node: optimizer.value }] : [];
  });
  const built = script.optimizers
    .filter(({ kind }) => kind === 'keras')
    .map(({ call, className }: Optimizer): KerasOptimizer => {
      const compile = given.find(({ node }) => node.id === call.node.id)?.call ?? null;
      return { node: call.node, className, call, compile, legacy: /\.(legacy|compat)\./.test(call.path) };
    });
  const named = given.flatMap(({ call, node }): KerasOptimizer[] => {
    const key = (stringOf(node) ?? '').toLowerCase();
    const className = Object.hasOwn(byName, key) ? byName[key] : undefined;
    return className === undefined ? [] : [{ node, className, call: null, compile: call, legacy: false }];
  });
  return [...built, ...named].sort((a, b) => a.node.startIndex - b.node.startIndex);
});

/** Whether the script is written for Keras before 2.11, whose optimizers took `lr` and `decay`. */
export function isOldKeras({ optimizers }: Script): boolean {
  return optimizers.some(
    ({ kind, call }) => kind === 'keras' && call.args().some(({ name }) => name === 'lr' || name === 'decay'),
  );
}

/** How the script calls a class of `keras.optimizers`, `keras.layers` and the like; an import is added where it must be. */
export function kerasClass(
  room: 'optimizers' | 'layers' | 'losses' | 'callbacks',
  className: string,
  script: Script,
): Reached {
  const { imports } = script;
  const direct = imports.nameFor(`keras.${room}.${className}`);
  if (direct !== null) return { name: direct, edits: [] };
  const roomName = imports.nameFor(`keras.${room}`);
  if (roomName !== null) return { name: `${roomName}.${className}`, edits: [] };
  const keras = imports.nameFor('keras');
  if (keras !== null) return { name: `${keras}.${room}.${className}`, edits: [] };
  const neighbour = imports.names.find(
    ({ path, everywhere }) => everywhere && new RegExp(`(^|\\.)keras\\.${room}\\.[A-Z]\\w*$`).test(path),
  );
  if (neighbour) return siblingOf(neighbour, className, script);
  const tf = imports.nameFor('tensorflow');
  if (tf !== null) return { name: `${tf}.keras.${room}.${className}`, edits: [] };
  const inTensorFlow = importsModule(script, 'tensorflow');
  const statement = inTensorFlow ? 'from tensorflow import keras' : 'import keras';
  return { name: `keras.${room}.${className}`, edits: [addImport(statement, script)] };
}
