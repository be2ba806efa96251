import * as l10n from '@vscode/l10n';
import { addArgument, addItem } from '../edit/arguments';
import { addImport } from '../edit/imports';
import { argument } from '../model/call';
import { importsModule } from '../model/framework';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { MAX_NORM } from './bound';

const CALLBACK = `GradientClip(${MAX_NORM})`;

/** A callback of the Learner clips. */
export function clipInFastai(script: Script): Proposal[] {
  if (!importsModule(script, 'fastai')) return [];
  const used = script.calls.find(({ name }) => name === 'GradientClip');
  return script.calls
    .filter(({ name, on }) => on === null && /^(Learner|\w+_learner)$/.test(name))
    .map((call): Proposal => {
      if (used) {
        const line = used.node.startPosition.row + 1;
        return refuse(call.node, l10n.t('gradients are clipped already in line {0}', line));
      }
      const callbacks = argument(call, 'cbs');
      if (callbacks && callbacks.value.type !== 'list') {
        const line = callbacks.node.startPosition.row + 1;
        return refuse(
          call.node,
          l10n.t('the callbacks in line {0} come from elsewhere: add {1} there', line, CALLBACK),
        );
      }
      const edits = callbacks
        ? addItem(callbacks.value, CALLBACK, script.text)
        : addArgument(call, `cbs=[${CALLBACK}]`, script.text);
      // `from fastai.vision.all import *` brings every callback along.
      const known =
        script.imports.stars.some((name) => /^fastai\..*(all|callback)/.test(name)) ||
        script.imports.nameFor('fastai.callback.training.GradientClip') !== null;
      if (!known) edits.unshift(addImport('from fastai.callback.training import GradientClip', script));
      return {
        anchor: call.node,
        outcome: {
          edits,
          value: MAX_NORM,
          title: l10n.t('Clip gradients to norm 1.0 with the callback `{0}`', CALLBACK),
        },
      };
    });
}
