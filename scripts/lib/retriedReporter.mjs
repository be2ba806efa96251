/** A reporter of Vitest that says why a test failed before it passed: nobody else keeps that, and it is a race to be mended. */
export default class {
  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return;
    const errors = test.result().errors ?? [];
    const lines = errors.flatMap(({ stack, message }) => (stack ?? message).split('\n'));
    const why = lines.filter((line) => !line.includes('/node_modules/')).join('\n');
    process.stdout.write(`↻ failed, and passed when it was tried again: ${test.fullName}\n${why}\n`);
  }
}
