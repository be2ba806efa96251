import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the shipped model: `media/model` of the package that this code lies in, bundled or not. */
export function modelFolder(): string {
  const here = typeof __dirname === 'string' ? __dirname : process.cwd();
  for (let at = here; ; at = dirname(at)) {
    const folder = join(at, 'media', 'model');
    if (existsSync(folder) || dirname(at) === at) return folder;
  }
}
