import * as l10n from '@vscode/l10n';
import { addArgument } from '../edit/arguments';
import { insertBefore, insertAfterNode, insertBeforeNode } from '../edit/insert';
import { reachTorch } from '../edit/reach';
import { insertionRefusal } from '../edit/refusals';
import { trainers } from '../lightning';
import { argument, type Call } from '../model/call';
import { enclosingFunction, isBroken, statementAround } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';

const note = (): string =>
  l10n.t(
    'It synchronises on accelerators only, and costs some speed: worth it where the batch of a device is small (under about 16).',
  );

const mayHaveBatchNorm = oncePer(
  ({ text: { source } }: Script) =>
    /BatchNorm|resnet|efficientnet|mobilenet|densenet/i.test(source) ||
    // A collection of networks, unless it is vision transformers that are taken from it.
    (/torchvision\.models|timm/i.test(source) &&
      !/(^|[^a-z])vit(_|\d|\b)|vision_?transformer|deit|swin/i.test(source)),
);
const isSynced = oncePer(({ text: { source } }: Script) =>
  /SyncBatchNorm|sync_bn|sync_batchnorm/i.test(source),
);

/**
 * Batch statistics over all processes: the conversion before DDP, or Lightning's argument.
 * @param inserted whether the script gets batch norms now
 */
export function syncBatchNorm(inserted: boolean, script: Script): Proposal[] {
  if (!inserted && !mayHaveBatchNorm(script)) return [];
  const wraps = script.wrappers.filter(({ kind }) => kind === 'ddp').map(({ call }) => convert(call, script));
  const distributed = trainers(script).filter((call) =>
    /ddp|fsdp/i.test(argument(call, 'strategy')?.value.text ?? ''),
  );
  return [...wraps, ...distributed.map((call) => inTrainer(call, script))];
}

function convert(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (isBroken(statementAround(call.node)))
    return no(l10n.t('the code around line {0} has a syntax error', line));
  if (isSynced(script)) return no(l10n.t('batch norms are synchronised already (SyncBatchNorm)'));
  if (/\bmoco\b/i.test(script.text.source))
    return no(
      l10n.t('MoCo shuffles its batches between the processes, in place of synchronised batch norms'),
    );
  const model = argument(call, 'module', 0)?.value;
  if (!model) return no(l10n.t('what DDP wraps in line {0} is not visible here', line));
  const compiled = script.wrappers.find(
    ({ kind, call: one }) =>
      kind === 'compile' &&
      one.node.startIndex < call.node.startIndex &&
      enclosingFunction(one.node)?.id === enclosingFunction(call.node)?.id,
  );
  if (compiled)
    return no(
      l10n.t(
        'the model is compiled in line {0}, before DDP: convert its batch norms before that',
        compiled.call.node.startPosition.row + 1,
      ),
    );
  const { name, edits } = reachTorch('torch.nn.SyncBatchNorm', script);
  const conversion = `${name}.convert_sync_batchnorm`;
  const plain = /^[A-Za-z_][\w.]*$/.test(model.text);
  const line_ = plain
    ? insertBefore(statementAround(call.node), [`${model.text} = ${conversion}(${model.text})`], script.text)
    : null;
  const around = line_ ? [line_] : [insertBeforeNode(model, `${conversion}(`), insertAfterNode(model, ')')];
  return {
    anchor: call.node,
    outcome: {
      edits: [...edits, ...around],
      title: l10n.t('Convert batch norms with `{0}` before `{1}`', conversion, call.callee.text),
      many: (count) => l10n.t('Convert batch norms before {0} DDP wrappers', count),
      notes: [note()],
    },
  };
}

function inTrainer(call: Call, script: Script): Proposal {
  if (isSynced(script))
    return refuse(call.node, l10n.t('batch norms are synchronised already (sync_batchnorm)'));
  const elsewhere = insertionRefusal(call, 'sync_batchnorm=True');
  if (elsewhere) return refuse(call.node, elsewhere);
  return {
    anchor: call.node,
    outcome: {
      edits: addArgument(call, 'sync_batchnorm=True', script.text),
      title: l10n.t('Synchronise batch norms over all devices with `sync_batchnorm=True` of the Trainer'),
      notes: [note()],
    },
  };
}
