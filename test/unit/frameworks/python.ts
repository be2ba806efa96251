import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/** The Python that tests may use: FITCHECK_PYTHON, else the one on the PATH. */
const python = process.env.FITCHECK_PYTHON ?? 'python3';

/**
 * Lets torchvision load where its wheel is for another build of torch: then its operators are missing, and its transforms
 * and layers, which are Python, work all the same. timm and Lightning load it, too.
 */
export const withTorchvision = `
import sys
try:
    import torchvision
except ImportError:
    pass
except RuntimeError:
    import torch
    for name in [one for one in sys.modules if one.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    operators = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        operators.define(name + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision
`;

/** Runs a Python program. @returns its output @throws Error with what it printed */
export function runPython(code: string, args: string[] = [], input = ''): string {
  const { status, stdout, stderr } = spawnSync(python, ['-c', code, ...args], { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`Python failed:\n${stderr}`);
  return stdout;
}

/** A group of tests that needs Python packages; skipped, with the reason in its name, where one is missing. */
export function describeWith(packages: string[], name: string, define: () => void): void {
  // Looked for, not loaded: the larger ones take seconds for that.
  const code = `import importlib.util as u, sys\nsys.exit(not all(map(u.find_spec, ${JSON.stringify(packages)})))`;
  const { status } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  if (status === 0) describe(name, { timeout: 120_000 }, define);
  else describe.skip(`${name} (needs Python with ${packages.join(' and ')}; set FITCHECK_PYTHON)`, define);
}
