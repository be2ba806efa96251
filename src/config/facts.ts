import type { ConfigDocument } from './entry';
import { folderOf, type Surroundings } from './surroundings';
import type { Facts } from './training';

/** How many files of a folder are looked into: a folder with more is no project's root. */
const MAX_FILES = 40;

/** Readers that turn `1e-4` into a number, whatever PyYAML makes of it. */
const converting =
  /\b(omegaconf|hydra|jsonargparse|LightningCLI|HfArgumentParser|ruamel|yamlargparse|float\()/;
const pyYaml = /\byaml\.(safe_load|load|full_load|unsafe_load)\b/;
const trainerClip = /\bmax_grad_norm["']?\s*[:=\s]\s*["']?[\d.]+/;

/**
 * What the scripts and configs beside a config and one folder up tell of it. Read only where a rule could use it.
 * @param path of the config, from the folder that is worked in
 */
export async function factsOf(document: ConfigDocument, path: string, around: Surroundings): Promise<Facts> {
  const asksForYaml = document.syntax === 'yaml' && /[:\s[,][-+]?\d[\d.]*e[-+]?\d+/i.test(document.text);
  const asksForClip = document.syntax === 'json' && document.text.includes('zero_optimization');
  if (!asksForYaml && !asksForClip) return { readByPyYaml: false, trainerClips: false };
  let reads = false;
  let converts = false;
  let trainerClips = false;
  const own = folderOf(path);
  const folders = own === '' ? [''] : [own, folderOf(own)];
  for (const folder of folders) {
    const names = (await around.list(folder)).filter((name) => /\.(py|ya?ml|sh|json)$/.test(name));
    for (const name of names.slice(0, MAX_FILES)) {
      const text = (await around.read(folder === '' ? name : `${folder}/${name}`)) ?? '';
      if (name.endsWith('.py')) {
        reads ||= pyYaml.test(text);
        converts ||= converting.test(text);
      }
      trainerClips ||= trainerClip.test(text) && /per_device_train_batch_size|TrainingArguments/.test(text);
    }
  }
  return { readByPyYaml: reads && !converts, trainerClips };
}
