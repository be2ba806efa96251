import { enclosing, parts } from '../model/nodes';
import { parameterFor } from '../model/functions';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import type { Site } from './site';

/** The loader whose batches the step takes, as the code around the epoch loop names it; null where it gives anything but tuples. */
export function trainingLoader({ statement }: UpdatePoint, { through }: Site): string | null {
  const loop = enclosing(statement, 'for_statement');
  if (!loop) return null;
  let iterable = loop.childForFieldName('right');
  let target = loop.childForFieldName('left');
  for (let depth = 0; iterable?.type === 'call' && depth < 3; depth++) {
    const name = iterable.childForFieldName('function')?.text ?? '';
    if (!/^(enumerate|tqdm(\.tqdm)?|track|trange|progress_bar)$/.test(name)) return null;
    if (name === 'enumerate') target = target ? (parts(target)[1] ?? null) : null;
    iterable = parts(iterable.childForFieldName('arguments'))[0] ?? null;
  }
  const pair = target && /^(pattern_list|tuple_pattern)$/.test(target.type) && parts(target).length >= 2;
  if (!iterable || !pair || !/^[A-Za-z_][\w.]*$/.test(iterable.text)) return null;
  return through ? handed(iterable, through) : iterable.text;
}

function handed(loader: Node, { fn, call }: NonNullable<Site['through']>): string | null {
  const given = call.args().find(({ value }) => parameterFor(call, fn, value) === loader.text)?.value;
  return given && /^[A-Za-z_][\w.]*$/.test(given.text) ? given.text : null;
}
