import * as l10n from '@vscode/l10n';
import type { EngineOptions, FromEngine } from '../protocol';

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What the kernel sends to code that goes wrong below JavaScript. SIGKILL is not one: that is a person, or no memory left. */
const SIGNALS: Readonly<Record<string, number>> = {
  SIGILL: 4,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGSEGV: 11,
};

/** The same as Windows tells it, by its exit code. */
const WINDOWS_CODES: Readonly<Record<number, string>> = {
  0xc0000005: 'access violation',
  0xc000001d: 'illegal instruction',
  0xc0000409: 'abort',
  0x80000003: 'breakpoint',
};

/**
 * What kind of crash of native code an ending is, in a word or two; null when it is none. A shell or a container in
 * between turns a signal into an exit code of 128 and its number.
 */
export function nativeCrash({ code, signal }: Ending): string | null {
  if (signal !== null) return Object.hasOwn(SIGNALS, signal) ? signal : null;
  if (code === null) return null;
  const name = Object.keys(SIGNALS).find((key) => 128 + SIGNALS[key]! === code);
  return name ?? WINDOWS_CODES[code >>> 0] ?? null;
}

/** An ending in words: "signal SIGSEGV", "exit code 3", "access violation (exit code 3221225477)". */
export function endingText({ code, signal }: Ending): string {
  if (signal !== null) return l10n.t('signal {0}', signal);
  const kind = nativeCrash({ code, signal });
  return kind === null
    ? l10n.t('exit code {0}', String(code))
    : l10n.t('{0} (exit code {1})', kind, String(code));
}

/**
 * Keeps an engine off native code that has just crashed it. Only while a backend is loaded, and while a native one is in
 * use, can it be the cause: an engine that runs out of memory over a log ends by SIGABRT too.
 */
export class NativeGuard {
  private suspect = false;
  private avoids = false;

  /** A new process begins: it has loaded nothing yet. */
  born(): void {
    this.suspect = false;
  }

  /** The engine tells of a backend: that it begins to load one, or which one it uses. */
  hear(event: FromEngine): void {
    if (event.type === 'loadingBackend') this.suspect = true;
    else if (event.type === 'backend') this.suspect = event.info?.name === 'tfjs-node';
  }

  /** The user chose anew, or asked for another try. */
  forget(): void {
    this.avoids = false;
  }

  /** What to configure an engine with for what the user asked. */
  effective(options: EngineOptions): EngineOptions {
    return this.avoids ? { ...options, backend: 'wasm' } : options;
  }

  /** A process ended. @returns the crash when native code may be its cause; the next life then goes without */
  ended(ending: Ending, options: EngineOptions | null): string | null {
    const crash = nativeCrash(ending);
    const wanted = options?.backend === 'auto' || options?.backend === 'tfjs-node';
    if (crash === null || !wanted || !this.suspect || this.avoids) return null;
    this.avoids = true;
    return crash;
  }
}
