import type { SymptomId } from '../analysis/diagnosis';
import { symptomNotes } from '../analysis/symptomNotes';
import { catalogue } from '../remedies/catalogue';
import type { TechniqueId } from '../remedies/remedy';
import type { CurvePart, DismissedFinding, FromWebview } from '../protocol';
import { pictureBytes } from './pictureBytes';

/** Names of metrics are short enough for a line (characters). */
const LONGEST_NAME = 2_000;

/** Most curves of a run, and pixel columns, of which more points are given at once. */
const MOST_CURVES = 1_000;
const MOST_COLUMNS = 8_192;

/** A message of the page, checked; null for anything that is not one of ours. */
export function readMessage(message: unknown): FromWebview | null {
  if (typeof message !== 'object' || message === null) return null;
  const {
    type,
    version,
    line,
    technique,
    kind,
    path,
    metric,
    data,
    worked,
    id,
    reason,
    file,
    request,
    part,
  } = message as Record<string, unknown>;
  switch (type) {
    case 'ready':
      return typeof version === 'number' ? { type, version } : null;
    case 'reveal':
      if (!isCount(line) || line === 0 || typeof id !== 'string') return null;
      return file === null || isCount(file) ? { type, line, id, file } : null;
    case 'fix':
    case 'preview': {
      if (!isTechnique(technique) || (kind !== 'python' && kind !== 'config')) return null;
      return { type, technique, kind };
    }
    case 'detail':
      return typeof id === 'string' && isCount(request) && isPart(part) ? { type, id, request, part } : null;
    case 'learn':
      return isTechnique(technique) ? { type, technique } : null;
    case 'dismiss':
      return isSymptom(id) && isReason(reason) ? { type, id, reason } : null;
    case 'restore':
      return isSymptom(id) ? { type, id } : null;
    case 'picture': {
      if ((kind !== 'png' && kind !== 'svg') || !isName(metric) || typeof data !== 'string') return null;
      return pictureBytes(kind, data) ? { type, kind, metric, data } : null;
    }
    case 'csv':
      return isName(metric) ? { type, metric } : null;
    case 'copied':
      return typeof worked === 'boolean' ? { type, worked } : null;
    case 'uncompare':
      return typeof path === 'string' ? { type, path } : null;
    case 'compare':
    case 'compareBefore':
    case 'format':
    case 'stop':
    case 'choose':
      return { type };
    default:
      return null;
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isPart(value: unknown): value is CurvePart {
  if (typeof value !== 'object' || value === null) return false;
  const { series, axis, min, max, log, columns } = value as Record<string, unknown>;
  return (
    Array.isArray(series) &&
    series.length <= MOST_CURVES &&
    series.every(isCount) &&
    (axis === 'step' || axis === 'epoch' || axis === 'time') &&
    Number.isFinite(min) &&
    Number.isFinite(max) &&
    (min as number) <= (max as number) &&
    typeof log === 'boolean' &&
    !(log && (min as number) <= 0) &&
    isCount(columns) &&
    columns > 0 &&
    columns <= MOST_COLUMNS
  );
}

function isTechnique(value: unknown): value is TechniqueId {
  return typeof value === 'string' && Object.hasOwn(catalogue, value);
}

function isSymptom(value: unknown): value is SymptomId {
  return typeof value === 'string' && Object.hasOwn(symptomNotes, value);
}

const reasons: Readonly<Record<DismissedFinding['reason'], true>> = {
  design: true,
  misread: true,
  noise: true,
  other: true,
};

function isReason(value: unknown): value is DismissedFinding['reason'] {
  return typeof value === 'string' && Object.hasOwn(reasons, value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_NAME;
}
