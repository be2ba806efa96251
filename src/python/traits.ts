import type { ScriptTraits, TechniqueId } from '../remedies/remedy';
import { kindOf } from './dropout/kinds';
import { oncePer } from './model/once';
import type { Script } from './model/script';
import { withScript } from './open';
import { planScript } from './plan';
import { unreadable, withoutBom } from './source';
import { stacks } from './stacks';

/**
 * Layers with weights from which on a network without norms is deep. Source: Glorot and Bengio 2010, whose networks of four sigmoid
 * layers and more saturate.
 */
const DEEP = 4;
/** The norms that can be written into such a network, in the order in which they are tried. */
const norms = ['batch-norm', 'layer-norm'] as const satisfies readonly TechniqueId[];

/** What the script of a run has that decides which remedy comes first; null where its network is not in it. */
export async function traitsOfSource(source: string): Promise<ScriptTraits | null> {
  if (unreadable(source) !== null) return null;
  const found = await withScript(withoutBom(source), (script) => {
    const depth = depthOf(script);
    return depth === 0 ? null : { regularised: isHeldBack(script), bare: depth >= DEEP && !hasNorm(script) };
  });
  if (!found) return null;
  const { regularised, bare } = found;
  if (!bare) return { regularised, norm: null };
  const plans = await planScript(source, norms);
  return { regularised, norm: norms.find((id) => plans.plan(id).applicable) ?? null };
}

/** Layers with weights in the largest network that the script writes out; of those that loops make one is seen. */
function depthOf(script: Script): number {
  const weighted = (names: readonly string[]): number =>
    names.filter((name) => /^(linear|conv|recurrent)$/.test(kindOf(name))).length;
  return Math.max(
    0,
    ...script.modules.map(({ layers }) => weighted(layers.map(({ className }) => className))),
    ...stacks(script).map(({ layers }) => weighted(layers.map(({ name }) => name))),
  );
}

const normWord = /Norm(\d?d|ali[sz]ation)?\b|(?<!grad)_norm\(|\bbn\d?\b/;

const hasNorm = (script: Script): boolean => normWord.test(codeOf(script));

/** Settings of what holds a network back that are written out as nothing: `weight_decay=0.0`, `nn.Dropout(p=0)`. */
const nothing =
  /\b\w*(drop_?(out|path|connect|rate|prob|block)|weight_?decay|smoothing)\w*["']?(\s*[=:]\s*|\(\s*(p\s*=\s*)?)0*\.?0*(?![\w.])/gi;
const holdsBack = [
  /drop_?(out|path|connect|rate|prob|block)|stochastic_?depth|\bp_?drop/i,
  /weight_?decay|\bwd\b|regulari[sz]|\bl[12]\b|\bl[12]_|penalty/i,
  // Their own default decays; that of torch.nn.Transformer drops.
  /adamw|\blion\b|lamb\b|adafactor|\bmuon\b|Transformer/i,
  /augment|\bRandom[A-Z]\w+|\brandom_(crop|flip|erasing|rotation|affine)|ColorJitter|AutoAug|RandAug|mix_?up|cut_?mix|albumentations|kornia|noise/i,
  /smoothing|distil|teacher|spectral_norm/i,
];

/** By words, and by those that may come from elsewhere: who says that there is nothing must have seen all of it. */
function isHeldBack(script: Script): boolean {
  const code = codeOf(script);
  const decays = /adamw/i.test(code) && /weight_?decay\s*=\s*0*\.?0*(?![\w.])/.test(code);
  const written = code.replace(nothing, '');
  return (
    holdsBack.some((word) => word.test(decays ? written.replace(/adamw/gi, '') : written)) ||
    isSetUpElsewhere(script)
  );
}

/** Whether options come in by a name that hides them, or a file beside this one may make the data or the network. */
function isSetUpElsewhere({ text: { source } }: Script): boolean {
  return /\*\*\w*(kwargs|cfg|conf|config|args|params|opt\w*)\b/.test(source) || /^\s*from\s+\./m.test(source);
}

/** The text without comments and without the strings that stand for themselves. */
const codeOf = oncePer(({ text: { source } }: Script) =>
  source.replace(/("""|''')[\s\S]*?\1/g, '').replace(/(^|\s)#.*$/gm, ''),
);
