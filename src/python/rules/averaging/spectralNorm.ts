/**
 * FC907 Spectral norm twice, or with weight clipping.
 *
 * Source: Miyato et al. 2018: spectral norm bounds the slope of a critic instead of the clipping of WGAN. Both at once,
 * or one around the other, bound it twice, and the clip acts on weights that are divided afterwards.
 */
import * as l10n from '@vscode/l10n';
import { enclosing } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import { lineOf, type CodeRule, type Found } from '../rule';

const spectral = /(^|\.)(spectral_norm|SpectralNorm|SpectralNormalization)$/;

export const spectralNormTwice: CodeRule = {
  code: 'FC907',
  title: 'Spectral norm twice, or with weight clipping',
  words: /spectral_?norm/i,
  check(script) {
    const norms = script.calls.filter(({ path }) => spectral.test(path));
    const nested = norms.flatMap((outer): Found[] => {
      const inner = norms.find(({ node }) => node.id === outer.args()[0]?.value.id);
      return inner
        ? [
            {
              at: inner.node,
              severity: 'warning',
              message: l10n.t('Spectral norm is applied twice to one layer. Once is enough.'),
            },
          ]
        : [];
    });
    const [first] = norms;
    const clamp = first && weightClip(script);
    if (!first || !clamp) return nested;
    const message = l10n.t(
      'Weights are clipped here, and spectral norm (line {0}) bounds them already. Keep the spectral norm alone.',
      lineOf(first.node),
    );
    return [...nested, { at: clamp, severity: 'warning', message }];
  },
};

/** `for p in netD.parameters(): p.data.clamp_(-c, c)` */
function weightClip({ calls }: Script): Node | undefined {
  return calls.find((call) => {
    if (call.name !== 'clamp_' || !/^\w+(\.data)?\.clamp_$/.test(call.callee.text)) return false;
    const loop = enclosing(call.node, 'for_statement');
    return /\.parameters\(\)$/.test(loop?.childForFieldName('right')?.text ?? '');
  })?.node;
}
