import type { Launch } from './launch';
import { neverTrain } from './launchers';
import { withoutSecrets } from './secrets';

/** What a launch configuration starts: as {@link Launch}, and where. */
export type DebugLaunch = Pick<Launch, 'label' | 'script' | 'module' | 'args' | 'folders'> & {
  readonly cwd: string | null;
};

/**
 * Whether a debug session may be a training of which the debug console gets the output, by its configuration: a Python program or
 * module that is launched. What runs in a terminal is followed there.
 */
export function debugLaunchOf(configuration: Readonly<Record<string, unknown>>): DebugLaunch | null {
  const { type, request, program, module, args, cwd, console, redirectOutput } = configuration;
  if (request !== 'launch') return null;
  if ((console === 'integratedTerminal' || console === 'externalTerminal') && redirectOutput !== true)
    return null;
  const script = typeof program === 'string' && program !== '' ? program : null;
  const name = script === null && typeof module === 'string' && module !== '' ? module : null;
  const python = type === 'python' || type === 'debugpy' || script?.endsWith('.py') || name !== null;
  const shown = script?.split(/[\\/]/).at(-1) ?? name;
  if (!python || shown === null || shown === undefined || neverTrain.has(shown)) return null;
  const words =
    typeof args === 'string'
      ? args.split(/\s+/)
      : Array.isArray(args)
        ? args.map((word) => String(word))
        : [];
  const label = [script === null ? `python -m ${shown}` : `python ${shown}`, ...withoutSecrets(words)]
    .join(' ')
    .slice(0, 80);
  return {
    label: label.trim(),
    script,
    module: name,
    args: words,
    folders: [],
    cwd: typeof cwd === 'string' ? cwd : null,
  };
}
