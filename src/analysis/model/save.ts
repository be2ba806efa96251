import type * as Layers from '@tensorflow/tfjs-layers';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Artifacts } from '../backend';
import { FEATURES } from '../features';

/** Writes `model.json` and `weights.bin`. */
export async function save(network: Layers.LayersModel, outDir: string, temperature: number): Promise<void> {
  let saved: Artifacts | null = null;
  await network.save({
    save: (artifacts) => {
      saved = artifacts as unknown as Artifacts;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    },
  });
  const { modelTopology, weightSpecs, weightData } = saved!;
  const file = {
    format: 'layers-model',
    generatedBy: 'fitcheck src/analysis/model/train.ts',
    features: FEATURES,
    temperature,
    modelTopology,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  };
  await mkdir(outDir, { recursive: true });
  await writeFile(join(outDir, 'model.json'), `${JSON.stringify(file)}\n`);
  await writeFile(join(outDir, 'weights.bin'), new Uint8Array(weightData));
}
