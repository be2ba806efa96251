/** What there is to know about installing tfjs-node, as pure functions: the shell around them is `npmInstall`. */
import * as l10n from '@vscode/l10n';

/** With which processor the native TensorFlow computes. */
export type Variant = 'cpu' | 'gpu';

/** The version whose answers were compared with those of the embedded backends. */
export const TFJS_NODE_VERSION = '4.22.0';

const NAMES = { cpu: '@tensorflow/tfjs-node', gpu: '@tensorflow/tfjs-node-gpu' } as const;

/** Machines that libtensorflow is published for: see `getPlatformLibtensorflowUri` in tfjs-node's `scripts/install.js`. */
const CPU_MACHINES = ['linux x64', 'linux arm64', 'linux arm', 'darwin x64', 'darwin arm64', 'win32 x64'];
const GPU_MACHINES = ['linux x64', 'win32 x64'];

/** What can be installed on a machine; nothing where TensorFlow has no build for it. */
export function variantsFor(platform: string, arch: string): Variant[] {
  const machine = `${platform} ${arch}`;
  if (!CPU_MACHINES.includes(machine)) return [];
  return GPU_MACHINES.includes(machine) ? ['cpu', 'gpu'] : ['cpu'];
}

/** Name of the npm package of a variant. */
export function packageOf(variant: Variant): (typeof NAMES)[Variant] {
  return NAMES[variant];
}

/**
 * The arguments for npm, which runs in the folder that is to hold the package: no path has to survive the quoting of a
 * shell. Scripts are asked for because the package's own script fetches the library, whatever the user's npmrc says.
 */
export function npmArguments(variant: Variant): string[] {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  const scripts = ['--ignore-scripts=false', '--foreground-scripts'];
  const wanted = `${packageOf(variant)}@${TFJS_NODE_VERSION}`;
  return ['install', '--no-save', '--prefix', '.', ...quiet, ...scripts, wanted];
}

/** `package.json` of that folder. Newer npm versions ask which packages may run scripts. */
export function installManifest(variant: Variant): string {
  return `${JSON.stringify({ private: true, allowScripts: { [packageOf(variant)]: true } }, null, 2)}\n`;
}

/** What npm is doing now, by what it has just printed; null when that tells nothing. */
export function phaseOf(output: string): string | null {
  if (/Building TensorFlow Node\.js bindings/.test(output)) return l10n.t('setting up the binding …');
  if (/Downloading libtensorflow/.test(output))
    return l10n.t('downloading TensorFlow itself, hundreds of MB …');
  return null;
}
