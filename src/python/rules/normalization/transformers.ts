import { assignmentsTo } from '../../model/assignments';
import { argument, readCall, type Call } from '../../model/call';
import { enclosingFunction } from '../../model/nodes';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';

/** `nn.TransformerEncoder(layer, …)` with the layer that it stacks, where that is made in the same function. */
export const transformerStacks = oncePer(
  (script: Script): readonly { stack: Call; layer: Call; preNorm: boolean | null }[] =>
    script.calls.flatMap((stack) => {
      if (!/^torch\.nn\.Transformer(En|De)coder$/.test(stack.path)) return [];
      const layer = layerOf(stack, script);
      if (!layer || !/^torch\.nn\.Transformer(En|De)coderLayer$/.test(layer.path)) return [];
      const given = argument(layer, 'norm_first')?.value.text;
      const preNorm = given === undefined || given === 'False' ? false : given === 'True' ? true : null;
      return [{ stack, layer, preNorm }];
    }),
);

function layerOf(stack: Call, { assignments, imports }: Script): Call | null {
  const given = (argument(stack, 'encoder_layer', 0) ?? argument(stack, 'decoder_layer', 0))?.value;
  if (given?.type === 'call') return readCall(given, imports);
  if (!given) return null;
  const scope = enclosingFunction(stack.node);
  const made = assignmentsTo(assignments, given.text, scope ?? undefined).filter(
    ({ node }) => node.endIndex < stack.node.startIndex,
  );
  const value = made.at(-1)?.value;
  return value?.type === 'call' ? readCall(value, imports) : null;
}
