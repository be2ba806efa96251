import * as l10n from '@vscode/l10n';

/** Decay of the average. Source: 0.999 to 0.9999 is usual; the lower one fits shorter runs, its memory is 1,000 steps. */
export const DECAY = '0.999';

/** What everybody should know of an average. */
export const memory = (): string =>
  l10n.t(
    'Its memory is about 1/(1 - decay) steps: for a run of a few thousand steps take 0.99, or it evaluates mostly the first weights.',
  );
