/**
 * What happened to a run beside its curves.
 *
 * Source: the symptom list ("also reported": stalled after ten usual intervals without a line, crashed by a traceback, a
 * lack of memory or a signal, a drop of the throughput). Throughput: the log's own rate where it has one (samples, tokens
 * or iterations a second), else the wall time between points; the median of the last tenth against the median before.
 * It must have halved, which validation, checkpoints and the first steps of a run do not do to a median.
 */
import * as l10n from '@vscode/l10n';
import type { Incident } from './diagnosis';
import { MAX_POINTS } from './points';
import { median } from './robust';
import { number, percent } from './wording';
import type { Run } from '../runs/run';
import type { Series } from '../runs/series';

const HALVED = 0.5;
const MIN_POINTS = 40;
const SHARE = 0.1;
const rate =
  /(?:tok(?:en)?s?|samples?|images?|imgs?|it(?:er)?s?|steps?|examples?)[_ ]*(?:per|\/)[_ ]*s(?:ec(?:ond)?)?$|^(?:throughput|tps|it\/s)$/i;

/** Incidents of a run, the worst first. */
export function incidentsOf(run: Run): Incident[] {
  return [crashed(run), stalled(run), slower(run)].filter((incident) => incident !== null);
}

function crashed({ ending }: Run): Incident | null {
  if (ending?.how !== 'crashed') return null;
  const line = Number.isFinite(ending.line) ? ending.line : null;
  return {
    id: 'crashed',
    severity: 'error',
    step: null,
    line,
    evidence: line === null ? {} : { line },
    message:
      line === null
        ? l10n.t('The training ended with an error: {0}', ending.reason)
        : l10n.t('The training ended with an error at line {0} of its log: {1}', line, ending.reason),
  };
}

function stalled({ silence }: Run): Incident | null {
  if (!silence) return null;
  const { quiet, usual } = silence;
  return {
    id: 'stalled',
    severity: 'warning',
    step: null,
    line: null,
    evidence: { quietSeconds: quiet / 1000, usualSeconds: usual / 1000 },
    message: l10n.t(
      'Nothing new for {0}, where a point came every {1} before: the training may hang or have been killed.',
      ...[duration(quiet), duration(usual)],
    ),
  };
}

function slower(run: Run): Incident | null {
  const logged = run.series.find(({ key, length }) => length >= MIN_POINTS && rate.test(key));
  if (logged) {
    const values = logged.values.view();
    return dropOf(
      logged,
      (i) => values[i]!,
      (value) => `${number(value)} (${logged.key})`,
    );
  }
  const timed = run.series.reduce<Series | null>(
    (best, s) => (Number.isFinite(s.times.at(-1)) && s.length > (best?.length ?? MIN_POINTS) ? s : best),
    null,
  );
  if (!timed) return null;
  const times = timed.times.view();
  const steps = timed.steps.view();
  const speed = (i: number, before: number): number =>
    (steps[i]! - steps[before]!) / (times[i]! - times[before]!);
  return dropOf(timed, speed, (value) => paceText(number(1000 * value), timed.axis));
}

function paceText(pace: string, axis: Series['axis']): string {
  if (axis === 'index') return l10n.t('{0} points a second', pace);
  return axis === 'epoch' ? l10n.t('{0} epochs a second', pace) : l10n.t('{0} steps a second', pace);
}

/**
 * Compares the end with the rest, without the first tenth, in which data loaders and compilers warm up. Looks at a few
 * thousand points of a long run: a median needs no more.
 * @param speed at a point, since the point looked at before
 */
function dropOf(
  series: Series,
  speed: (at: number, before: number) => number,
  tell: (speed: number) => string,
): Incident | null {
  const stride = Math.ceil(series.length / MAX_POINTS);
  const speeds: number[] = [];
  const places: number[] = [];
  for (let i = stride; i < series.length; i += stride) {
    const one = speed(i, i - stride);
    if (!Number.isFinite(one) || one <= 0) continue;
    speeds.push(one);
    places.push(i);
  }
  if (speeds.length < MIN_POINTS - 1) return null;
  const tail = speeds.length - Math.max(10, Math.round(SHARE * speeds.length));
  const before = median(speeds, Math.round(SHARE * speeds.length), tail);
  const now = median(speeds, tail);
  if (!(now < HALVED * before)) return null;
  const line = series.lines.at(places[tail]!);
  return {
    id: 'throughput-drop',
    severity: 'info',
    step: series.steps.at(places[tail]!),
    line: Number.isFinite(line) ? line : null,
    evidence: { before, now },
    message: l10n.t(
      'The last {0} of the run made {1}, after {2} before: something slows it down.',
      ...[percent(SHARE), tell(now), tell(before)],
    ),
  };
}

function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 120) return l10n.t('{0} s', number(seconds));
  return seconds < 7200
    ? l10n.t('{0} min', number(Math.round(seconds / 60)))
    : l10n.t('{0} h', number(Math.round(seconds / 360) / 10));
}
