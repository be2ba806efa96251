/**
 * FC116 Several Keras clip arguments.
 *
 * Source: keras.optimizers: `clipnorm`, `clipvalue` and `global_clipnorm` exclude each other, and the constructor raises.
 */
import * as l10n from '@vscode/l10n';
import { together } from '../../../listed';
import { isOff } from '../../clipping/already';
import { removeArgument } from '../../edit/remove';
import { argument } from '../../model/call';
import type { CodeRule } from '../rule';

/** The one to keep first: the norm over all variables is what other frameworks clip by. */
const names = ['global_clipnorm', 'clipnorm', 'clipvalue'] as const;

export const kerasClips: CodeRule = {
  code: 'FC116',
  title: 'Several Keras clip arguments',
  words: /clipnorm/,
  check: (script) =>
    script.optimizers
      .filter(({ kind }) => kind === 'keras')
      .flatMap(({ call }) => {
        const given = names
          .flatMap((name) => argument(call, name) ?? [])
          .filter(({ value }) => !isOff(value));
        const [kept, ...others] = given;
        if (!kept || others.length === 0) return [];
        const list = together(given.map(({ name }) => name!));
        return [
          {
            at: call.node,
            severity: 'error' as const,
            message: l10n.t('{0} exclude each other: Keras raises. Keep {1} alone.', list, kept.node.text),
            fix: {
              title: l10n.t('Keep only `{0}`', kept.node.text),
              edits: others.flatMap((one) => removeArgument(call, one, script.text)),
              safe: others.length === 1,
            },
          },
        ];
      }),
};
