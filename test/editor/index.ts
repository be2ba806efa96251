import Mocha from 'mocha';
import * as activation from './activation.test';
import * as around from './around.test';
import * as codeActions from './codeActions.test';
import * as configLint from './configLint.test';
import * as debugConsoles from './debugConsoles.test';
import * as engine from './engine.test';
import * as experiments from './experiments.test';
import * as installBackend from './installBackend.test';
import * as lint from './lint.test';
import * as notebookCells from './notebookCells.test';
import * as notifier from './notifier.test';
import * as panel from './panel.test';
import * as previews from './previews.test';
import { MARK, MarkedReporter } from './reporter';
import * as runScripts from './runScripts.test';
import * as scriptFindings from './scriptFindings.test';
import * as runsView from './runsView.test';
import { tidy } from './support';
import * as terminals from './terminals.test';
import * as writing from './writing.test';

const suites = {
  activation,
  codeActions,
  configLint,
  engine,
  installBackend,
  lint,
  notifier,
  panel,
  previews,
  writing,
  runsView,
  runScripts,
  around,
  terminals,
  debugConsoles,
  notebookCells,
  scriptFindings,
  experiments,
};

/** Runs the suite inside VS Code: the extension host calls it, in the server build and on the desktop alike. */
export async function run(): Promise<void> {
  // The engine inherits it: a native TensorFlow of the machine would stand where the tests put their own.
  delete process.env.FITCHECK_TFJS_NODE;
  const only = process.env.FITCHECK_ONLY;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    // A busy machine makes VS Code slow: one slow answer in a thousand must not fail the whole.
    retries: 1,
    reporter: MarkedReporter as never,
    ...(only && { grep: only }),
  });
  mocha.suite.emit('pre-require', globalThis as never, 'suite', mocha);
  for (const { define } of Object.values(suites)) define();
  mocha.suite.afterEach('what is left of a test', tidy);
  const stats = { passes: 0, failures: 0, pending: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', () => stats.passes++);
    runner.on('fail', () => stats.failures++);
    runner.on('pending', () => stats.pending++);
  });
  // The runner outside reads this line: the console is the only way out of the extension host.
  console.log(
    `${MARK}editor suite: ${stats.passes} passed, ${stats.failures} failed, ${stats.pending} skipped`,
  );
  if (stats.failures > 0) throw new Error(`${stats.failures} tests failed`);
}
