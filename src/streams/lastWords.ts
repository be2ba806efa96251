/** The end of a command may be told before its last output, which is over when nothing has come for so long (ms). */
const QUIET = 1_000;
/** Whatever still comes, it is not waited for longer (ms). */
const LONGEST_WAIT = 60_000;

/**
 * Waits for what a command that is over has still said: after a flood, or on a busy machine, that comes much later than its end.
 * @param read resolves when all has come, which may never be
 * @param heard when the latest came (ms)
 */
export async function lastWords(read: Promise<unknown>, heard: () => number): Promise<void> {
  let isOver = false;
  const over = read.catch(() => undefined).finally(() => (isOver = true));
  const end = Date.now();
  const quiet = (): number => Date.now() - Math.max(heard(), end);
  while (!isOver && quiet() < QUIET && Date.now() - end < LONGEST_WAIT)
    await Promise.race([over, new Promise((done) => setTimeout(done, QUIET))]);
}
