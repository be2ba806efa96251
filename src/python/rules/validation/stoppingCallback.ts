import type { Call } from '../../model/call';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';

/** The early stopping of the Hugging Face Trainer that a file makes; fastai and others have one by that name, too. */
export const stoppingCallback = oncePer(({ calls }: Script): Call | undefined =>
  calls.find(({ path }) => /^transformers\.(\w+\.)*EarlyStoppingCallback$/.test(path)),
);
