import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CANDIDATES, type Candidate } from '../analysis/backend';
import { modelFolder } from './assets';
import { probeInChild, type ProbeReport } from './probe';

/** What the doctor finds: `fitcheck doctor --json` prints it, with a version. */
export interface Health {
  fitcheck: string;
  node: string;
  platform: string;
  arch: string;
  /** The shipped model; `bytes` is null, and `reason` says why, when it can't be read. */
  model: { bytes: number | null; features: number | null; reason: string | null };
  /** In the order in which `auto` tries them. */
  backends: ProbeReport[];
  /** What `auto` comes to in the end; null when nothing works. */
  auto: Candidate | null;
}

/**
 * Looks at the machine and tries every backend, each in a process of its own.
 * @param version the version of Fitcheck
 * @param script path of the bundled command line, which is called for each probe
 */
export async function examine(version: string, script: string): Promise<Health> {
  const backends: ProbeReport[] = [];
  // One after the other: together they would slow one another down.
  for (const name of CANDIDATES) backends.push(await probeInChild(script, name));
  const { platform, arch } = process;
  const model = await modelFacts(modelFolder());
  return {
    fitcheck: version,
    node: process.version,
    platform,
    arch,
    model,
    backends,
    auto: autoUses(backends),
  };
}

/** The first that works; after a crash of native code the engine goes on with wasm, not with the next native one. */
export function autoUses(backends: readonly ProbeReport[]): Candidate | null {
  const crash = backends.findIndex((report) => report.crash !== null);
  const works = backends.findIndex((report) => report.loaded);
  if (crash < 0 || (works >= 0 && works < crash)) return backends[works]?.name ?? null;
  return backends.find(({ name, loaded }) => loaded && !name.startsWith('tfjs-node'))?.name ?? null;
}

async function modelFacts(folder: string): Promise<Health['model']> {
  try {
    const path = join(folder, 'model.json');
    const text = await readFile(path, 'utf8');
    const { features } = JSON.parse(text) as { features: number };
    const weights = await stat(join(folder, 'weights.bin'));
    return { bytes: Buffer.byteLength(text) + weights.size, features, reason: null };
  } catch (error) {
    return { bytes: null, features: null, reason: error instanceof Error ? error.message : String(error) };
  }
}
