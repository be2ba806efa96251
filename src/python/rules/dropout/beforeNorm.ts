/**
 * FC307 Dropout before batch norm.
 *
 * Source: Li et al. 2019 ("Understanding the disharmony between dropout and batch normalization"), and NeuraLint's f006:
 * dropout changes the variance in training only, and the batch norm behind it remembers that for evaluation.
 */
import * as l10n from '@vscode/l10n';
import { assignmentsTo } from '../../model/assignments';
import { argument, readCall, type Call } from '../../model/call';
import { numberOf, parts } from '../../model/nodes';
import type { Module } from '../../model/modules';
import { callsIn, type Script } from '../../model/script';
import type { CodeRule, Found } from '../rule';

const dropout = /^(Alpha|Spatial)?Dropout([123][dD])?$/;
const norm = /^BatchNorm(alization|[123]d)$/;

export const dropoutBeforeNorm: CodeRule = {
  code: 'FC307',
  title: 'Dropout before batch norm',
  words: /BatchNorm/,
  check(script) {
    if (!/[dD]ropout/.test(script.text.source)) return [];
    return [...stacked(script), ...script.modules.flatMap((one) => inForward(one, script))];
  },
};

function found(at: Call, to: string): Found {
  return {
    at: at.node,
    severity: 'info',
    message: l10n.t(
      'Dropout right before `{0}`: the batch norm learns a variance that evaluation does not have. Put the dropout behind the last batch norm.',
      to,
    ),
  };
}

/** `Sequential(…, Dropout, BatchNorm, …)` */
function stacked(script: Script): Found[] {
  return script.calls
    .filter(({ path }) => /^(torch\.nn|keras|keras\.models)\.Sequential$/.test(path))
    .flatMap((call) => {
      const given = call.args()[0]?.value;
      const list = given?.type === 'list' ? given : call.node.childForFieldName('arguments')!;
      const layers = parts(list).map((one) => (one.type === 'call' ? readCall(one, script.imports) : null));
      return layers.flatMap((layer, i) => {
        const next = layers[i + 1];
        return layer && next && drops(layer) && norm.test(next.name) ? [found(layer, next.name)] : [];
      });
    });
}

function drops(layer: Call): boolean {
  const p = argument(layer, 'p', 0) ?? argument(layer, 'rate', 0);
  return dropout.test(layer.name) && numberOf(p?.value) !== 0;
}

/** `self.bn(self.drop(x))`, and the same over two assignments that follow each other. */
function inForward({ forward, layers }: Module, script: Script): Found[] {
  if (!forward) return [];
  const kinds = new Map(layers.map((one) => [one.attribute, one]));
  const layerOf = (call: Call | null): Call | null =>
    call?.receiver?.text === 'self' ? (kinds.get(call.name)?.call ?? null) : null;
  return callsIn(script, forward).flatMap((call) => {
    const layer = layerOf(call);
    const input = layer && norm.test(layer.name) ? call.args()[0]?.value : undefined;
    if (!layer || !input) return [];
    const before =
      input.type === 'call' ? readCall(input, script.imports) : lastCall(input.text, call, forward, script);
    const drop = before && layerOf(before);
    return before && drop && drops(drop) ? [found(before, call.callee.text)] : [];
  });
}

/** The call that gave a name its value last. */
function lastCall(name: string, use: Call, forward: Module['node'], script: Script): Call | null {
  const made = assignmentsTo(script.assignments, name, forward).filter(
    ({ node }) => node.endIndex <= use.node.startIndex,
  );
  const value = made.at(-1)?.value;
  return value?.type === 'call' ? readCall(value, script.imports) : null;
}
