import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Runs a program; resolves with its exit code and what it printed. `echo` also shows it as it comes, with a `prefix` line by
 * line, so that the lines of several can be told apart.
 */
export function run(command, args, { cwd, env, echo = false, prefix = '', timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const gather = (from, to) => {
      from.on('data', (chunk) => {
        output += chunk;
        if (echo && prefix === '') to.write(chunk);
      });
      if (echo && prefix !== '')
        createInterface({ input: from }).on('line', (line) => to.write(`${prefix}${line}\n`));
    };
    gather(child.stdout, process.stdout);
    gather(child.stderr, process.stderr);
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.once('close', (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}(${signal})\n` : output }),
    );
  });
}

/** As `run`, and throws with what was printed when the program fails. */
export async function mustRun(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} failed (exit code ${code}):\n${output.slice(-4000)}`);
  return output;
}
