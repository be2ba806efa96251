import type { Family, Finding } from '../diagnosis';
import type { RunView } from '../pairing';
import { suspectOverfitting } from './overfitting';
import { suspectUnderfitting } from './underfitting';
import { suspectInstability } from './unstable';

const suspicions: Readonly<Record<Family, (view: RunView) => Finding | null>> = {
  overfitting: suspectOverfitting,
  underfitting: suspectUnderfitting,
  unstable: suspectInstability,
};

/** What in the curves explains that they look like `family`; null where nothing does. */
export function suspect(view: RunView, family: Family): Finding | null {
  return suspicions[family](view);
}
