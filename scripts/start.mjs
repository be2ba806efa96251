/**
 * `npm start`: VS Code with the extension and the sample workspace, in which a real training is being followed.
 *
 * Takes the `code` on the PATH where there is one, else serves VS Code's own server build on 127.0.0.1 and prints
 * the address. The workspace is a copy, so that the training's log and your edits stay out of the repository.
 */
import { fork } from 'node:child_process';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './lib/run.mjs';
import { removeAfterwards, startServer } from './lib/vscodeServer.mjs';
import { remote } from './lib/workbench.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PORT ?? 0);

const scratch = await mkdtemp(join(tmpdir(), 'fitcheck-'));
const workspace = join(scratch, 'sample');
const log = join(workspace, 'runs', 'training.csv');
await cp(join(root, 'media/sample/workspace'), workspace, { recursive: true });
await mkdir(dirname(log), { recursive: true });

const cleanUp = [];
/** Begins when somebody looks, so that there is something to see. */
function train() {
  const training = fork(join(root, 'dist/sampleTraining.js'), [log], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  training.once('exit', (code) =>
    process.stdout.write(`the sample training has ended (exit code ${code})\n`),
  );
  cleanUp.push(() => training.kill());
}

const desktop = (await run('code', ['--version'])).code === 0 && process.env.FITCHECK_SERVER === undefined;
if (desktop) {
  process.stdout.write(`opening VS Code on ${workspace}\n`);
  train();
  await run('code', ['--new-window', `--extensionDevelopmentPath=${root}`, workspace], { echo: true });
} else {
  const server = await startServer({ dataFolder: join(scratch, 'data'), port });
  cleanUp.push(() => server.stop());
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(server, root)],
    ['skipWelcome', 'true'],
  ]);
  const query = new URLSearchParams({ folder: workspace, payload });
  process.stdout.write(`VS Code with Fitcheck is at\n\n  ${server.url}/?${query}\n\nCtrl-C ends it.\n`);
  const waiting = setInterval(() => {
    if (!server.output().includes('New connection established')) return;
    clearInterval(waiting);
    train();
  }, 200);
}

const end = async () => {
  for (const step of cleanUp) await step();
  if (!desktop) await removeAfterwards(scratch);
  process.exit(0);
};
process.once('SIGINT', end);
process.once('SIGTERM', end);
