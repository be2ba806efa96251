import { callsWhere } from './model/alike';
import { argument, type Argument, type Call } from './model/call';
import { bodyOf } from './model/nodes';
import { oncePer } from './model/once';
import type { Script } from './model/script';
import type { Node } from './parser';

/** Calls that make the arguments of a Hugging Face or TRL trainer. */
export const trainingArguments = oncePer((script: Script): readonly Call[] =>
  callsWhere(
    script,
    ({ path }) =>
      /(^|\.)(Seq2Seq)?TrainingArguments$/.test(path) ||
      /^(trl\.)?(\w+\.)*(SFT|DPO|KTO|ORPO|CPO|GRPO|Reward|PPO|RLOO)Config$/.test(path),
  ),
);

/** A field of a dataclass that inherits from TrainingArguments, and its default as it is written. */
export function fieldDefault(name: string, { classes, imports, calls }: Script): Node | null {
  for (const node of classes) {
    const bases = node.childForFieldName('superclasses')?.namedChildren ?? [];
    if (!bases.some((base) => base && /TrainingArguments$|(SFT|DPO)Config$/.test(imports.resolve(base))))
      continue;
    for (const statement of bodyOf(node)) {
      const field = statement.namedChildren[0];
      if (field?.type !== 'assignment' || field.childForFieldName('left')?.text !== name) continue;
      const value = field.childForFieldName('right');
      const call = value && calls.find((one) => one.node.id === value.id);
      return call?.name === 'field' ? (argument(call, 'default')?.value ?? null) : value;
    }
  }
  return null;
}

/** Whether the file's trainer takes its arguments from the command line. */
export function parsesArguments({ calls }: Script): boolean {
  return calls.some(({ path }) => /(^|\.)HfArgumentParser$/.test(path));
}

/** Whether an argument is visibly off. */
export function isOffArgument(one: Argument | undefined): boolean {
  return one !== undefined && /^(None|0|0\.0*)$/.test(one.value.text);
}
