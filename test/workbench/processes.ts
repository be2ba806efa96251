import { readdir, readFile } from 'node:fs/promises';

/** A process of this machine. */
export interface Process {
  pid: number;
  parent: number;
  /** Its words. */
  command: string;
  /** Bytes of memory that it holds. */
  memory: number;
}

/** What runs below a process, by Linux' `/proc`. */
export async function descendants(root: number): Promise<Process[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(ids.map(read))).filter((one) => one !== null);
  const below = new Set([root]);
  // A child has not always the higher id: once around for each generation.
  for (let size = 0; size !== below.size;) {
    size = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all.filter(({ pid }) => pid !== root && below.has(pid));
}

/** Null where it has ended meanwhile. */
async function read(pid: number): Promise<Process | null> {
  try {
    const [command, status] = await Promise.all(
      ['cmdline', 'status'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
    );
    const number = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status!)?.[1]);
    return {
      pid,
      parent: number('PPid'),
      command: command!.replaceAll('\0', ' ').trim(),
      memory: number('VmRSS') * 1024,
    };
  } catch {
    return null;
  }
}
