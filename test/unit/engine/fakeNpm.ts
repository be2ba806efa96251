import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What npm 11 prints where the host of libtensorflow can't be reached; shortened. */
export const blockedHost = `CPU-linux-4.22.0.tar.gz
https://storage.googleapis.com/tensorflow/libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz
* Downloading libtensorflow
Error: getaddrinfo ENOTFOUND storage.googleapis.com
Emitted 'error' event on ClientRequest instance at:
npm error code 1
npm error path /somewhere/node_modules/@tensorflow/tfjs-node
npm error command failed
npm error command sh -c node scripts/install.js
npm error A complete log of this run can be found in: /somewhere/debug-0.log
`;

/** Shell lines for a stand-in of npm: it installs the packages of a folder. */
export const installs = (from: string): string =>
  `echo "npm $*"; mkdir -p node_modules && cp -R '${from}/node_modules/.' node_modules/`;

/** It fails as on a machine that can't reach the host. */
export const fails = `cat >&2 <<'END'\n${blockedHost}END\nexit 1`;

/** It hangs in a process that it has started, whose id it leaves in a file. */
export const hangs = (pidFile: string): string =>
  `mkdir -p node_modules/half; sleep 600 & echo $! > '${pidFile}'; wait`;

/** Makes a program called npm and puts it first on this process's PATH. @returns how to undo that */
export async function fakeNpm(folder: string, lines: string): Promise<() => void> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'npm'), `#!/bin/sh\n${lines}\n`);
  await chmod(join(bin, 'npm'), 0o755);
  const before = process.env.PATH;
  process.env.PATH = `${bin}${delimiter}${before}`;
  return () => {
    process.env.PATH = before;
  };
}

/** Whether a process is there; one that has ended and waits to be collected is not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
