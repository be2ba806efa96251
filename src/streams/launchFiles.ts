import { posix, win32 } from 'node:path';
import { launchOf, type Launch } from './launch';
import type { Quoting } from './shellWords';

/** Where the files of a launch may be, most likely first; none is looked for here. */
export interface FileCandidates {
  /** The script that trains, or the shell script that starts it. */
  readonly script: readonly string[];
  readonly configs: readonly string[];
}

const CONFIG_OPTION =
  /^--?(c|cfg|conf|config|configs|config[-_]file|config[-_]path|cfg[-_]file|hparams|hps?|yaml|recipe|deepspeed|deepspeed_config|args[-_]file|config[-_]name)$/;
/** What comes after these is written by the training. */
const OUTPUT_OPTION =
  /^--?([\w-]*[_-])?(out|outputs?|logs?|logfile|save|results?|metrics|history|report|dump)([_-](file|path|to|json|dir))?$/i;
const CONFIG_FILE = /\.(ya?ml|json|toml)$/i;
/** MMDetection and its kin: `tools/train.py configs/faster_rcnn.py`. */
const CONFIG_SCRIPT = /(^|[\\/])(configs?|cfgs?|projects)[\\/].*\.py$/i;
/** Hydra: `model=resnet` is `conf/model/resnet.yaml`. */
const OVERRIDE = /^\+{0,2}([\w./]+)=([\w./-]+)$/;
const HYDRA_FOLDERS = ['conf', 'config', 'configs'];
const MOST = 60;

/**
 * Which files a launch names, as paths.
 * @param cwd where the command ran @param roots folders of the workspace, in which modules may be as well
 */
export function filesOf(
  launch: Pick<Launch, 'script' | 'module' | 'args' | 'folders'>,
  cwd: string,
  roots: readonly string[],
  quoting: Quoting = 'posix',
): FileCandidates {
  const paths = quoting === 'windows' ? win32 : posix;
  const folder = launch.folders.reduce((from, to) => paths.resolve(from, to), cwd);
  const bases = [...new Set([folder, ...roots])];
  const script =
    launch.script !== null
      ? [paths.resolve(folder, launch.script)]
      : launch.module !== null
        ? bases.flatMap((base) => moduleFiles(launch.module!).map((file) => paths.resolve(base, file)))
        : [];
  const configs = configNames(launch.args).map((name) => paths.resolve(folder, name));
  const hydra = script
    .slice(0, 1)
    .flatMap((file) => hydraNames(launch.args).map((name) => paths.resolve(paths.dirname(file), name)));
  return { script, configs: [...new Set([...configs, ...hydra])].slice(0, MOST) };
}

/** `pkg.mod` is a module, a package, or a module below the usual source folder. */
function moduleFiles(module: string): string[] {
  if (!/^[\w.]+$/.test(module)) return [];
  const path = module.replaceAll('.', '/');
  return ['', 'src/'].flatMap((base) => [`${base}${path}.py`, `${base}${path}/__main__.py`]);
}

function configNames(args: readonly string[]): string[] {
  return args.flatMap((word, i) => {
    const equals = word.indexOf('=');
    const [option, value] =
      equals < 0 ? [word, args[i + 1]] : [word.slice(0, equals), word.slice(equals + 1)];
    if (OUTPUT_OPTION.test(equals < 0 ? (args[i - 1] ?? '') : option)) return [];
    if (CONFIG_OPTION.test(option) && value !== undefined && /[./]/.test(value)) return [value];
    if (equals > 0 && CONFIG_FILE.test(value ?? '')) return [value!];
    return equals < 0 && !word.startsWith('-') && (CONFIG_FILE.test(word) || CONFIG_SCRIPT.test(word))
      ? [word]
      : [];
  });
}

function hydraNames(args: readonly string[]): string[] {
  const option = (name: RegExp): string | undefined => {
    const at = args.findIndex((word) => name.test(word.split('=')[0]!));
    return at < 0 ? undefined : (args[at]!.split('=')[1] ?? args[at + 1]);
  };
  const name = option(/^(--config-name|-cn)$/);
  const path = option(/^(--config-path|-cp)$/);
  const folders = path === undefined ? HYDRA_FOLDERS : [path];
  const named = name === undefined ? [] : [name.replace(/\.yaml$/, '')];
  const chosen = args.flatMap((word) => {
    const [, key, value] = OVERRIDE.exec(word) ?? [];
    return key === undefined || /^[\d.e-]+$/i.test(value!) ? [] : [`${key}/${value}`];
  });
  return folders.flatMap((folder) => [...named, ...chosen].map((one) => `${folder}/${one}.yaml`));
}

/** The first launch in a shell script that is not another shell script. */
export function launchIn(shellScript: string): Launch | null {
  for (const statement of shellScript.replace(/\\\r?\n/g, ' ').split('\n')) {
    const launch = launchOf(statement);
    if (launch && (launch.module !== null || (launch.script !== null && !isShellScript(launch.script))))
      return launch;
  }
  return null;
}

export function isShellScript(path: string): boolean {
  return /\.(sh|bash|zsh|slurm|sbatch)$/i.test(path);
}
