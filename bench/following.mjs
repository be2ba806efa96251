import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundle, root } from './bundle.mjs';
import { compared, quantile, skipped } from './table.mjs';

const RUNS = 50;
const IDLE_SECONDS = 10;
const WRITING_SECONDS = 10;
const LINES_PER_SECOND = 10_000;
const line = (i) => `epoch ${i} step ${i} loss: ${(1 / i).toFixed(4)} val_loss: ${(1.1 / i).toFixed(4)}\n`;

/** What it costs to follow 50 runs that stand still, and how far behind the engine is of one that writes 10,000 lines a second. */
export async function measure(folder) {
  if (process.platform !== 'linux')
    return [skipped('following', 'the CPU time of a process is read from /proc')];
  const { EngineClient } = createRequire(import.meta.url)(await bundle(folder, 'client', ['engine/client']));
  const nothing = () => undefined;
  let onAppend = nothing;
  const client = new EngineClient(join(root, 'dist', 'engine.js'), {
    event: (event) => event.type === 'append' && onAppend(event),
    restarting: nothing,
    restarted: nothing,
    output: nothing,
  });
  client.start({ backend: 'wasm', tfjsNodePath: null, roots: [] });
  const paths = Array.from({ length: RUNS }, (_, i) => join(folder, `run${i}.log`));
  for (const path of paths) {
    writeFileSync(path, Array.from({ length: 50 }, (_, i) => line(i + 1)).join(''));
    await client.follow(path);
  }
  const { pid } = client;
  await delay(5_000);
  const idle = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)']);
  await delay(1_000);
  const [before, bare] = [cpuSeconds(pid), cpuSeconds(idle.pid)];
  await delay(1000 * IDLE_SECONDS);
  const standing = (100 * (cpuSeconds(pid) - before)) / IDLE_SECONDS;
  const nodeAlone = (100 * (cpuSeconds(idle.pid) - bare)) / IDLE_SECONDS;
  idle.kill();

  const waits = [];
  const written = [];
  let arrived = 50;
  onAppend = (event) => {
    if (event.summary.path !== paths[0]) return;
    const total = event.series[0].total;
    for (; arrived < total; arrived++) {
      const at = written[arrived - 50];
      if (at !== undefined) waits.push(performance.now() - at);
    }
  };
  const busy = cpuSeconds(pid);
  const start = performance.now();
  for (let i = 0; i < WRITING_SECONDS * LINES_PER_SECOND;) {
    const due = Math.min(
      WRITING_SECONDS * LINES_PER_SECOND,
      Math.ceil(((performance.now() - start) / 1000) * LINES_PER_SECOND),
    );
    let text = '';
    for (; i < due; i++) {
      text += line(51 + i);
      written.push(performance.now());
    }
    if (text !== '') appendFileSync(paths[0], text);
    await delay(10);
  }
  await delay(2_000);
  const share = (100 * (cpuSeconds(pid) - busy)) / (WRITING_SECONDS + 2);
  client.dispose();
  return [
    compared(`CPU, ${RUNS} followed runs that stand still`, standing, '%', 'an idle node', nodeAlone),
    compared('CPU, a run that writes 10,000 lines a second', share, '%', 'a whole core', 100),
    compared('the same: line to event, p95', quantile(waits, 0.95), 'ms', 'median', quantile(waits, 0.5)),
    compared('the same: lines that arrived', arrived - 50, '', 'written', written.length),
  ];
}

/** User and system time of a process so far. */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
