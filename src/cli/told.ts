import { kindOfConfig } from '../config/kind';
import { trainingsIn } from '../config/lint';
import { kindOfSource } from '../python/kind';
import { agreed } from '../remedies/context';
import type { TrainingKind } from '../remedies/remedy';
import { readText } from './files';
import { projectOf } from './lintProject';

/**
 * What the script and the config that runs were made with say of the kind of training, the config first.
 * @throws HumanError where one can't be read
 */
export async function toldBy(
  script: string | undefined,
  config: string | undefined,
): Promise<TrainingKind[]> {
  const told: TrainingKind[] = [];
  if (config !== undefined) {
    const { around, seen } = await projectOf(config);
    told.push(...agreed((await trainingsIn(await readText(config), seen(config), around)).map(kindOfConfig)));
  }
  if (script !== undefined) told.push(...agreed([await kindOfSource(await readText(script))]));
  return told;
}
