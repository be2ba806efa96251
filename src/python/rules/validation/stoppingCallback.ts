import type { Call } from '../../model/call';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';

/** The early stopping of the Hugging Face Trainer that a file makes; a class of its own by that name is another. */
export const stoppingCallback = oncePer(({ calls, classes }: Script): Call | undefined => {
  const own = classes.some((one) => one.childForFieldName('name')?.text === 'EarlyStoppingCallback');
  return own ? undefined : calls.find(({ name }) => name === 'EarlyStoppingCallback');
});
