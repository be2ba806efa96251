/**
 * FC301 Functional dropout ignores eval.
 *
 * Run with PyTorch: `F.dropout(x, 0.5)` zeroes half of the values after `model.eval()`, too: `training` is True unless
 * it is told. Of ten plain matches in real code none was an error: a probability that is made from `self.training`,
 * a prenet that drops always and Monte Carlo dropout are meant. So it is a remark.
 */
import * as l10n from '@vscode/l10n';
import { addArgument } from '../../edit/arguments';
import { assignmentsTo } from '../../model/assignments';
import { argument, hasSplat, type Call } from '../../model/call';
import { numberOf, spelled } from '../../model/nodes';
import type { Script } from '../../model/script';
import { isUnder } from '../around';
import { methodAround } from '../modules';
import type { CodeRule, Found } from '../rule';

export const functionalDropout: CodeRule = {
  code: 'FC301',
  title: 'Functional dropout ignores eval',
  words: /dropout\w*\s*\(/,
  check: (script) =>
    script.calls
      .filter(({ path }) => /^torch\.nn\.functional\.\w*dropout[123]?d?$/.test(path))
      .flatMap((call) => ungated(call, script)),
};

const always = /mc_?drop|monte|bayes|uncertain|prenet|stochastic/i;

function ungated(call: Call, script: Script): Found[] {
  const place = methodAround(call.node, script);
  if (!place || argument(call, 'training', 2) || hasSplat(call)) return [];
  const { module, method } = place;
  const name = method.childForFieldName('name')?.text ?? '';
  if (always.test(module.name) || always.test(name) || isUnder(call.node, /training|is_train/, method))
    return [];
  const p = argument(call, 'p', 1)?.value;
  if (p && numberOf(p) === 0) return [];
  // A probability that knows of the mode.
  const made = p ? assignmentsTo(script.assignments, spelled(p)).map(({ value }) => value.text) : [];
  if (p && [p.text, ...made].some((text) => /training/.test(text))) return [];
  return [
    {
      at: call.node,
      severity: 'info',
      message: l10n.t(
        '`{0}` drops in evaluation too, after model.eval(): pass training=self.training.',
        call.callee.text,
      ),
      fix: {
        title: l10n.t('Pass `training=self.training`'),
        edits: addArgument(call, 'training=self.training', script.text),
        safe: false,
      },
    },
  ];
}
