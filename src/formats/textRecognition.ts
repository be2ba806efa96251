import type { LogParser, PointSink, Recognition, Sample } from './format';
import { identifyMetric } from './metricName';
import { isMostlyRising } from './sampleLines';

/** As much of each end of the file is parsed to see whether it has curves. */
const TRIED = 64 * 1024;

/** Recognises text by parsing both its ends: it is a log when a metric has at least two values at rising positions. */
export function recogniseText(sample: Sample, createParser: (sink: PointSink) => LogParser): Recognition {
  if (isBinary(sample.head)) return { confidence: 0, why: 'binary' };
  const curves = new Curves();
  const head = sample.head.subarray(0, TRIED);
  const rest = sample.tail.length > 0 ? sample.tail : sample.head.subarray(TRIED);
  for (const part of [head, rest.subarray(Math.max(0, rest.length - TRIED))]) {
    if (part.length === 0) continue;
    curves.nextPart();
    const parser = createParser(curves);
    parser.push(part);
    parser.end();
  }
  return curves.judge();
}

/** Mostly control characters, or NULs that are not those of UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  const looked = Math.min(bytes.length, 1024);
  let control = 0;
  let nul = 0;
  for (let i = 0; i < looked; i++) {
    const byte = bytes[i]!;
    if (byte === 0) nul++;
    else if (
      byte < 32 &&
      byte !== 9 &&
      byte !== 10 &&
      byte !== 13 &&
      byte !== 27 &&
      byte !== 8 &&
      byte !== 12
    )
      control++;
  }
  return control > looked * 0.05 && nul < looked * 0.4;
}

/** Collects how long each metric's curve would be, and the positions of its points. */
class Curves implements PointSink {
  private readonly positions = new Map<string, number[]>();
  private position = Number.NaN;
  private part = 0;
  private index = 0;

  nextPart(): void {
    this.part++;
  }

  at(step: number, epoch: number): void {
    this.position = Number.isNaN(step) ? epoch : step;
    this.index++;
  }

  value(key: string): void {
    if (identifyMetric(key).direction === 'none') return;
    const id = `${this.part} ${key}`;
    let positions = this.positions.get(id);
    if (!positions) this.positions.set(id, (positions = []));
    positions.push(this.position);
  }

  skip(): void {
    // Not understood, so it says nothing about the format.
  }

  context(): void {
    // Facts about a run are no curve.
  }

  ended(): void {
    // A crash report alone is no training log.
  }

  judge(): Recognition {
    let longest = 0;
    let name = '';
    let counted = false;
    for (const [id, positions] of this.positions) {
      if (positions.length < 2) continue;
      const known = positions.filter((position) => !Number.isNaN(position));
      const rising = known.length >= 2 && (isMostlyRising(known) || new Set(known).size === 1);
      if (known.length >= 2 && !rising) continue;
      if (positions.length < longest || (positions.length === longest && !/loss|acc/i.test(id))) continue;
      longest = positions.length;
      name = id.slice(id.indexOf(' ') + 1);
      counted = rising;
    }
    if (longest < 2) return { confidence: 0, why: 'no line pattern gives a metric at least two values' };
    // Without an epoch or a step beside them, a few numbers may be anything, and a score is often no metric.
    const { name: metric } = identifyMetric(name);
    const strong =
      metric === 'loss' || metric === 'accuracy' || metric === 'perplexity' || /loss/i.test(metric);
    if (!counted && (longest < 3 || !strong))
      return {
        confidence: 0,
        why: `only ${longest} values of ${JSON.stringify(name)}, without epoch or step`,
      };
    return {
      confidence: counted ? Math.min(0.8, 0.6 + longest / 100) : 0.5,
      why: `${longest} values of ${JSON.stringify(name)} in the text`,
    };
  }
}
