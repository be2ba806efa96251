/**
 * FC410 GroupNorm groups do not divide the channels.
 *
 * Run with PyTorch: `nn.GroupNorm(32, 48)` raises.
 */
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
            message: `${groups.value.text} groups do not divide ${channels.value.text} channels: this raises. Use ${to} groups.`,
            fix: { title: `Use ${to} groups`, edits: [setArgument(groups, to)], safe: false },
          },
        ];
      }),
};

function largestDivisor(channels: number, upTo: number): number {
  for (let groups = Math.min(upTo, channels); groups > 1; groups--)
    if (channels % groups === 0) return groups;
  return 1;
}
