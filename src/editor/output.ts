import * as vscode from 'vscode';

/** The one output channel. In CI its lines also go to the console, where they are of use. */
export function createOutput(): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel('Fitcheck', { log: true });
  if (process.env.CI === undefined) return channel;
  const mirror =
    (level: 'info' | 'warn' | 'error') =>
    (message: string | Error, ...rest: unknown[]): void => {
      console.log(`[fitcheck ${level}] ${message instanceof Error ? message.message : message}`, ...rest);
    };
  return new Proxy(channel, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (key !== 'info' && key !== 'warn' && key !== 'error') {
        return typeof member === 'function' ? (member as () => unknown).bind(target) : member;
      }
      const echo = mirror(key);
      return (message: string, ...rest: unknown[]) => {
        echo(message, ...rest);
        target[key](message, ...rest);
      };
    },
  });
}
