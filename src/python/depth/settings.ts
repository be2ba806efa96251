import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../edit/arguments';
import { insertionRefusal } from '../edit/refusals';
import { argument, type Call } from '../model/call';
import { numberOf, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { RATE } from './values';

const setting =
  /^(drop_path_rate|drop_path|drop_connect_rate|stochastic_depth_prob|stochastic_depth_rate|droppath)$/;
/** Families of timm that take a rate. Source: their signatures. */
const takesRate =
  /^(vit|deit3?|beit(v2)?|eva|swin|convnext|cait|xcit|pvt|davit|maxvit|coat|focalnet|hiera|resnet|resnext|regnet|efficientnet|tf_efficientnet|mobilenetv3|poolformer|levit|twins)/;
const hasByDefault = /^torchvision\.models\.(convnext|swin|efficientnet|maxvit)_/;

const settingWord = /drop_?path|drop_connect|stochastic_depth|create_model|torchvision\.models/;

/** Networks of a library that drop paths by an argument. */
export function rateSettings(script: Script): Proposal[] {
  if (!settingWord.test(script.text.source)) return [];
  return script.calls.flatMap((call): Proposal[] => {
    if (call.path === 'timm.create_model' || call.path === 'timm.models.create_model')
      return [timm(call, script)];
    if (hasByDefault.test(call.path))
      return [
        refuse(
          call.node,
          l10n.t(
            '{0} in line {1} drops paths by default already',
            call.name,
            call.node.startPosition.row + 1,
          ),
        ),
      ];
    if (
      call.name === 'add_argument' ||
      !/^[A-Z]|create|build|from_pretrained|_(tiny|small|base|large)/.test(call.name)
    )
      return [];
    return call
      .args()
      .filter(({ name }) => name !== null && setting.test(name))
      .map((given) => {
        if (numberOf(given.value) !== 0)
          return refuse(
            call.node,
            l10n.t(
              'paths are dropped already, or that is set elsewhere: {0} in line {1}',
              given.node.text,
              given.node.startPosition.row + 1,
            ),
          );
        return {
          anchor: call.node,
          outcome: {
            edits: [setArgument(given, RATE)],
            value: RATE,
            title: l10n.t('Set `{0}={1}` in `{2}`', given.name!, RATE, call.name),
          },
        };
      });
  });
}

function timm(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const given = argument(call, 'drop_path_rate');
  if (given && numberOf(given.value) !== 0)
    return refuse(
      call.node,
      l10n.t('paths are dropped already, or that is set elsewhere: {0} in line {1}', given.node.text, line),
    );
  const name = stringOf(argument(call, 'model_name', 0)?.value);
  if (name === null || !takesRate.test(name))
    return refuse(
      call.node,
      name === null
        ? l10n.t(
            'which model line {0} makes is set elsewhere: pass drop_path_rate={1} if it takes one',
            line,
            RATE,
          )
        : l10n.t('{0} takes no drop_path_rate, as far as is known here', name),
    );
  const elsewhere = given ? null : insertionRefusal(call, 'drop_path_rate');
  if (elsewhere) return refuse(call.node, elsewhere);
  return {
    anchor: call.node,
    outcome: {
      edits: given ? [setArgument(given, RATE)] : addArgument(call, `drop_path_rate=${RATE}`, script.text),
      value: RATE,
      title: l10n.t('Set `drop_path_rate={0}` in `{1}`', RATE, call.callee.text),
      notes: [l10n.t('timm lets it rise linearly over the blocks.')],
    },
  };
}
