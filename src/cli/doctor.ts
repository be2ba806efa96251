import { parseArgs } from 'node:util';
import { CANDIDATES } from '../analysis/backend';
import { examine, type Health } from '../engine/health';
import type { ProbeReport } from '../engine/probe';
import { probeHere } from '../engine/probeHere';
import packageJson from '../../package.json';
import { strictJson } from './json';
import { choice } from './options';
import { plain, styleFor, type Style } from './style';

/** `fitcheck doctor`: what is installed here, which backends work, and why the others do not. */
export async function doctorCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    // `--probe` is how it calls itself: one backend, in a process of its own.
    options: { json: { type: 'boolean', default: false }, probe: { type: 'string' } },
  });
  if (values.probe !== undefined) return probeCommand(values.probe);
  const health = await examine(packageJson.version, __filename);
  if (values.json) process.stdout.write(`${strictJson({ version: 1, ...health })}\n`);
  else process.stdout.write(doctorText(health, styleFor(process.stdout)));
  return health.backends.some(({ loaded }) => loaded) ? 0 : 1;
}

/** Answers over the channel of the process that asked; by hand, on the terminal. */
async function probeCommand(word: string): Promise<number> {
  const report = await probeHere(choice('--probe', word, CANDIDATES));
  if (!process.send) process.stdout.write(`${strictJson(report)}\n`);
  else await new Promise((sent) => process.send!(report, sent));
  process.disconnect?.();
  return 0;
}

/** The findings as people read them. */
export function doctorText(health: Health, style: Style): string {
  const { fitcheck, node, platform, arch, model, backends, auto } = health;
  const width = Math.max(...backends.map(({ name }) => name.length));
  const size =
    model.bytes === null
      ? `${style('red', 'missing')}: ${model.reason}`
      : `${Math.round(model.bytes / 1000)} kB, ${model.features} features`;
  const crashed = backends.find(({ crash }) => crash !== null);
  return [
    `Fitcheck ${fitcheck} on Node ${node}, ${platform} ${arch}`,
    `model: ${plain(size)}`,
    '',
    'backends, in the order in which "auto" tries them:',
    ...backends.map((report) => `  ${report.name.padEnd(width)}  ${backendText(report, style)}`),
    '',
    auto === null ? style('red', 'None works: reinstall Fitcheck.') : `"auto" uses ${auto}.`,
    ...(crashed && auto !== null
      ? [`The editor leaves ${crashed.name} after its crash; in a terminal, add --backend ${auto}.`]
      : []),
    '',
  ].join('\n');
}

function backendText(report: ProbeReport, style: Style): string {
  const { loaded, reason, info, loadMs, predictionMs } = report;
  if (!loaded || info === null)
    return `${style('yellow', 'not loaded')}: ${plain(reason ?? 'no reason was given')}`;
  return `${style('green', 'loaded')}: tf.js ${info.version} on the ${info.device.toUpperCase()}, loads in ${ms(loadMs)}, a prediction takes ${ms(predictionMs)}`;
}

function ms(value: number | null): string {
  return value === null ? '?' : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
