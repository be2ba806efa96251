import * as l10n from '@vscode/l10n';

/** The bound that is inserted. Source: the seed document, "almost always set to 1.0". */
export const MAX_NORM = '1.0';

/** What everybody should know of a call that clips. */
export const logTheNorm = (): string =>
  l10n.t('Log the norm that the call returns: if most steps are clipped, lower the learning rate instead.');
