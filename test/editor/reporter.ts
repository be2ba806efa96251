import Mocha from 'mocha';

/** Marks the suite's own lines among all that VS Code prints; the runner outside shows only these. */
export const MARK = '[suite] ';

/** Prints each result as it comes, and the whole stack of a failure. */
export class MarkedReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const say = (text: string): void => {
      for (const line of text.split('\n')) console.log(MARK + line);
    };
    runner.on('suite', ({ title }) => say(title));
    runner.on('pass', ({ title, duration }) => say(`  ✔ ${title} (${duration} ms)`));
    // Not silently: a test that needs it again and again is to be mended.
    runner.on('retry', ({ title }: Mocha.Test, error: Error) =>
      say(`  ↻ failed, and is tried again: ${title}\n${error.stack ?? error.message}`),
    );
    runner.on('pending', ({ title }) => say(`  - skipped: ${title}`));
    runner.on('fail', ({ title }, error: Error) => say(`  ✘ ${title}\n${error.stack ?? error.message}`));
  }
}
