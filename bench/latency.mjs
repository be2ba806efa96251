import { appendFileSync, watch, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundle, root } from './bundle.mjs';
import { compared, quantile } from './table.mjs';

const TIMES = 50;
/** The engine sends at most about ten messages a second; each append is measured after that. */
const PAUSE = 160;

/** From the append to a followed file to the engine's event in this process, beside the bare event of `fs.watch`. */
export async function measure(folder) {
  const { EngineClient } = createRequire(import.meta.url)(await bundle(folder, 'client', ['engine/client']));
  const path = join(folder, 'followed.log');
  const line = (i) => `epoch ${i} loss: ${(1 / i).toFixed(4)} val_loss: ${(1.1 / i).toFixed(4)}\n`;
  writeFileSync(path, Array.from({ length: 20 }, (_, i) => line(i + 1)).join(''));
  const nothing = () => undefined;
  let onAppend = nothing;
  const client = new EngineClient(join(root, 'dist', 'engine.js'), {
    event: (event) => event.type === 'append' && onAppend(),
    restarting: nothing,
    restarted: nothing,
    output: nothing,
  });
  client.start({ backend: 'wasm', tfjsNodePath: null, roots: [] });
  await client.follow(path);
  await delay(1_500);
  let onWatch = nothing;
  const watcher = watch(path, () => onWatch());
  const engine = [];
  const bare = [];
  for (let i = 0; i < TIMES; i++) {
    const start = performance.now();
    const arrived = new Promise((resolve) => (onAppend = resolve));
    const seen = new Promise((resolve) => (onWatch = resolve));
    appendFileSync(path, line(21 + i));
    void seen.then(() => bare.push(performance.now() - start));
    await arrived;
    engine.push(performance.now() - start);
    await delay(PAUSE);
  }
  watcher.close();
  client.dispose();
  return [0.5, 0.95].map((share) =>
    compared(
      `append to event, p${100 * share}`,
      quantile(engine, share),
      'ms',
      'fs.watch',
      quantile(bare, share),
    ),
  );
}
