import * as l10n from '@vscode/l10n';
import type { Reported } from '../engine/markdown';
import { assessedFor } from '../engine/remedyCards';
import type { Dismissals } from './dismissals';
import type { EngineService } from './engineService';
import { judgedRun } from './judged';
import type { TrainingKinds } from './trainingKinds';

export interface ReportServices {
  engine: EngineService;
  kinds: Pick<TrainingKinds, 'told'>;
  dismissals: Pick<Dismissals, 'of'>;
}

/**
 * A run as the panel shows it: its remedies by what script, config and user say.
 * @throws Error where it can't be read, or has no verdict yet
 */
export async function reportedRun(services: ReportServices, path: string): Promise<Reported> {
  const { engine, kinds, dismissals } = services;
  const snapshot = await judgedRun(engine, path);
  const { summary, assessment, context, problem } = snapshot;
  if (!assessment)
    throw new Error(problem ?? l10n.t('{0}: there is no verdict yet. Try again later.', summary.title));
  const { curvesOf } = await import('../engine/markdown');
  const told = await kinds.told(summary);
  const dismissed = dismissals.of(summary.path);
  const away = new Set(dismissed.map(({ id }) => id));
  return {
    ...{ summary, context, dismissed, curves: curvesOf(snapshot) },
    assessment: assessedFor(assessment, told, away),
  };
}
