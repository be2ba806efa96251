import { kindOfConfig } from '../config/kind';
import { trainingsIn } from '../config/lint';
import { kindOfSource } from '../python/kind';
import { traitsOfSource } from '../python/traits';
import { agreed, type Told } from '../remedies/context';
import type { TrainingKind } from '../remedies/remedy';
import { readText } from './files';
import { projectOf } from './lintProject';

/**
 * What the script and the config that runs were made with say, of the kind of training the config first.
 * @throws HumanError where one can't be read
 */
export async function toldBy(script: string | undefined, config: string | undefined): Promise<Told> {
  const kinds: TrainingKind[] = [];
  if (config !== undefined) {
    const { around, seen } = await projectOf(config);
    kinds.push(
      ...agreed((await trainingsIn(await readText(config), seen(config), around)).map(kindOfConfig)),
    );
  }
  if (script === undefined) return { kinds, script: null };
  const text = await readText(script);
  kinds.push(...agreed([await kindOfSource(text)]));
  return { kinds, script: await traitsOfSource(text) };
}
