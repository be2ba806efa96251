/**
 * FC410 GroupNorm groups do not divide the channels.
 *
 * Run with PyTorch: `nn.GroupNorm(32, 48)` raises.
 */
import * as l10n from '@vscode/l10n';
import { setArgument } from '../../edit/arguments';
import { literalArgument } from '../../model/values';
import type { CodeRule } from '../rule';

export const groupNormGroups: CodeRule = {
  code: 'FC410',
  title: 'GroupNorm groups do not divide the channels',
  words: /GroupNorm/,
  check: (script) =>
    script.calls
      .filter(({ path }) => path === 'torch.nn.GroupNorm')
      .flatMap((call) => {
        const groups = literalArgument(call, 'num_groups', 0);
        const channels = literalArgument(call, 'num_channels', 1);
        if (!groups || !channels || groups.number < 1 || channels.number % groups.number === 0) return [];
        const to = String(largestDivisor(channels.number, groups.number));
        return [
          {
            at: call.node,
            severity: 'error' as const,
            message: l10n.t(
              '{0} groups do not divide {1} channels: this raises. Use {2} groups.',
              groups.value.text,
              channels.value.text,
              to,
            ),
            fix: { title: l10n.t('Use {0} groups', to), edits: [setArgument(groups, to)], safe: false },
          },
        ];
      }),
};

function largestDivisor(channels: number, upTo: number): number {
  for (let groups = Math.min(upTo, channels); groups > 1; groups--)
    if (channels % groups === 0) return groups;
  return 1;
}
