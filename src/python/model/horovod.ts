import type { Node } from '../parser';
import { enclosing, isInside } from './nodes';
import { oncePer } from './once';
import type { Script } from './script';

/**
 * Whether Horovod takes a step, in a file that imports it: `sometimes` where a flag decides that is not asked here.
 * Its optimizer has `synchronize()`, which a plain one has not.
 */
export function horovodSteps(statement: Node, script: Script): 'always' | 'never' | 'sometimes' {
  for (let at = enclosing(statement, 'if_statement'); at; at = enclosing(at, 'if_statement')) {
    const condition = at.childForFieldName('condition')?.text ?? '';
    if (!/horovod|\bhvd\b/i.test(condition)) continue;
    const negated = /\bnot\b/.test(condition);
    const body = at.childForFieldName('consequence');
    const inBody = body !== null && isInside(statement, body);
    return inBody !== negated ? 'always' : 'never';
  }
  return isOptional(script) ? 'sometimes' : 'always';
}

/** A guarded import, or a wrapper that is put around the optimizer under a condition only. */
const isOptional = oncePer(({ imports, calls }: Script): boolean => {
  const guarded = imports.names.some(
    ({ path, statement }) =>
      /^horovod(\.|$)/.test(path) && enclosing(statement, 'try_statement', 'if_statement') !== null,
  );
  const wraps = calls.filter(({ name }) => name === 'DistributedOptimizer');
  return guarded || (wraps.length > 0 && wraps.every(({ node }) => enclosing(node, 'if_statement') !== null));
});
