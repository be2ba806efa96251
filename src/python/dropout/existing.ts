import * as l10n from '@vscode/l10n';
import { switchOff } from '../switchOff';
import { replaceNode } from '../edit/insert';
import { argument, type Call } from '../model/call';
import { numberOf } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { definition } from '../definition';
import { raiseFunctional, withMode, type Functional } from './functional';
import { FULLY_CONNECTED, isTransformer, noDropout, TOO_MUCH, TRANSFORMER, usualDropout } from './values';

/** Dropout that a script has, and where its probability is written. */
export interface Present {
  call: Call;
  /** Where the number stands, which may be a default elsewhere; null where it is the library's own default. */
  number: Node | null;
  /** Its value; null where it is not visible. */
  value: number | null;
  /** What it is called, to know what is usual for it. */
  name: string;
  /** The argument of a function, which drops in evaluation too unless it is told that this is one. */
  functional?: Functional;
}

const layer = /^(Alpha|FeatureAlpha|Spatial|Gaussian)?Dropout([123][dD])?$/;
const settingWord = /dropout|pdrop|drop_rate|drop_prob/;
const setting = /^(\w+_)?(dropout|pdrop|dropout_prob|dropout_rate|dropout_p|drop_rate|drop_prob)$/;

/** What becomes of the dropout that is there: another value where that calls for it; empty where there is none. */
export function changeDropout(script: Script): Proposal[] {
  const present = script.calls.flatMap((call) => dropoutOf(call, script));
  const [first] = present;
  if (!first) return [];
  const wild = present.filter(({ value }) => value !== null && (value >= TOO_MUCH || value < 0));
  if (wild.length > 0)
    return wild.map((one) =>
      one.value! < 0
        ? raise(one, usualDropout(one.name, script))
        : change(one, isTransformer(script) ? TRANSFORMER : FULLY_CONNECTED),
    );
  const active = present.find(({ value }) => value !== 0);
  if (active) {
    const line = active.call.node.startPosition.row + 1;
    const reason =
      active.value === null
        ? l10n.t('dropout is in place already (line {0})', line)
        : l10n.t('dropout is in place already (line {0}, p = {1})', line, active.value);
    return present.map(({ call }) => refuse(call.node, reason));
  }
  const reason = noDropout(script);
  if (reason) return present.map(({ call }) => refuse(call.node, reason));
  return present.map((one) => raise(one, usualDropout(one.name, script)));
}

function raise(one: Present, to: string): Proposal {
  return one.functional ? raiseFunctional(one.functional, one, to) : change(one, to);
}

function change({ call, number, name }: Present, to: string): Proposal {
  const line = call.node.startPosition.row + 1;
  if (!number) return refuse(call.node, l10n.t('the dropout of line {0} is not a number here', line));
  return {
    anchor: call.node,
    outcome: {
      edits: [replaceNode(number, to)],
      value: to,
      title: l10n.t('Set the dropout of `{0}` to {1} (was {2})', name, to, number.text),
      many: (count) => l10n.t('Change the probability of {0} dropouts', count),
      notes: [switchOff('dropout', call.path.startsWith('keras.'))],
    },
  };
}

function dropoutOf(call: Call, script: Script): Present[] {
  const own = call.path.startsWith('self.') || call.name === 'add_argument';
  if (!own && layer.test(call.name))
    return [read(call, argument(call, 'p', 0) ?? argument(call, 'rate', 0), 0.5, call.name, script)];
  if (/^torch\.nn\.functional\.\w*dropout[123]?d?$|^torch\.dropout$/.test(call.path))
    return [withMode(call, read(call, argument(call, 'p', 1), 0.5, call.name, script), script)];
  if (own || /^(dict|partial|field|log|print|update)$/.test(call.name)) return [];
  const recurrent = /^(LSTM|GRU|RNN)$/.test(call.name);
  // With one layer the argument does nothing.
  // The arguments of a call are read only where its text has such a word at all.
  const given =
    saysSetting(script) && settingWord.test(call.node.text)
      ? call.args().filter(({ name }) => name !== null && setting.test(name))
      : [];
  if (recurrent && !hasLayers(call)) return [];
  const read_ = given.map((one) => {
    const found = read(call, one, 0, /^[a-z]*dropout$/.test(one.name!) ? call.name : one.name!, script);
    return one.name === 'dropout_p' && /^[a-z_]/.test(call.name) ? withMode(call, found, script) : found;
  });
  if (given.length === 0 && /^torch\.nn\.Transformer(EncoderLayer|DecoderLayer)?$/.test(call.path))
    return [read(call, argument(call, 'dropout', 3), 0.1, call.name, script)];
  return read_;
}

const saysSetting = oncePer(({ text }: Script) => settingWord.test(text.source));

function hasLayers(call: Call): boolean {
  const given = argument(call, 'num_layers', 2);
  const layers = numberOf(given?.value);
  return layers === null ? given !== undefined : layers >= 2;
}

function read(
  call: Call,
  given: { value: Node } | undefined,
  byDefault: number,
  name: string,
  script: Script,
): Present {
  if (!given) return { call, number: null, value: byDefault, name };
  const number = numberOf(given.value) === null ? definition(given.value, script) : given.value;
  return { call, number, value: numberOf(number), name };
}
