import { spawn } from 'node:child_process';

/** Runs a program; resolves with its exit code and what it printed. `echo` also shows it as it comes. */
export function run(command, args, { cwd, env, echo = false, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const gather = (stream) => (chunk) => {
      output += chunk;
      if (echo) stream.write(chunk);
    };
    child.stdout.on('data', gather(process.stdout));
    child.stderr.on('data', gather(process.stderr));
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
