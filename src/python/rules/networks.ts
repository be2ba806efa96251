import type { Call } from '../model/call';
import { importsModule } from '../model/framework';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

const batchNorm = /^(torch\.nn\.(Lazy)?BatchNorm[123]d|keras\.layers\.BatchNormalization)$/;
const anyNorm =
  /(^|\.)nn\.(\w*(Batch|Layer|Group|Instance|RMS)Norm\w*)$|^keras\.layers\.\w*Normalization$|(^|\.)\w*RMSNorm$/;

/** The batch norms that a file makes. */
export const batchNorms = oncePer(({ calls }: Script): readonly Call[] =>
  calls.filter(({ path }) => batchNorm.test(path)),
);

/** The layers of a file that normalise anything. */
export const normLayers = oncePer(({ calls }: Script): readonly Call[] =>
  calls.filter(({ path }) => anyNorm.test(path)),
);

/** Adapters leave the weights of the model as they are, and are trained by recipes of their own. */
export const trainsAdapters = oncePer(
  (script: Script): boolean => importsModule(script, 'peft') || /\blora\b/i.test(script.text.source),
);
