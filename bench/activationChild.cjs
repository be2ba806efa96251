/** `node activationChild.cjs MODULE FOLDER`: loads it with a stub `vscode`, calls `activate()` and prints both times in ms. */
const Module = require('node:module');
const [path, folder] = process.argv.slice(2);

// A bundle copies the properties of a module, and of this one only its prototype has any.
const vscode = Object.create(anything());
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));

const context = new Proxy(
  {
    subscriptions: [],
    extensionPath: folder,
    globalStorageUri: { fsPath: folder },
    asAbsolutePath: (name) => `${folder}/${name}`,
  },
  { get: (target, key) => (key in target ? target[key] : anything()) },
);

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

async function main() {
  const start = performance.now();
  const { activate } = require(path);
  const loaded = performance.now();
  await activate(context);
  const activated = performance.now();
  process.stdout.write(JSON.stringify({ load: loaded - start, activate: activated - loaded }), () =>
    process.exit(0),
  );
}

/** Stands for whatever it is taken for: an object, a function, a class, an empty list. */
function anything() {
  const target = function () {};
  return new Proxy(target, {
    get: (_, key) => {
      if (key === 'then') return undefined;
      if (key === Symbol.iterator) return [][Symbol.iterator];
      if (key === Symbol.toPrimitive) return () => '';
      if (key === 'prototype') return target.prototype;
      if (key === 'length' || key === 'size') return 0;
      return anything();
    },
    set: () => true,
    apply: () => anything(),
    construct: () => anything(),
  });
}
