import * as l10n from '@vscode/l10n';
import { together } from '../../listed';
import { translated } from '../../translated';
import type { TechniqueId } from '../../remedies/remedy';
import { applyEdits, type FixPlan, type TextEdit } from '../../remedies/textEdit';
import type { Dialect, Meaning } from '../dialects/dialect';
import { isNone, normal, numberOf, switchOf, type ConfigDocument, type Entry } from '../entry';
import { readConfig } from '../read/read';
import { shows } from '../recognise';
import { insertBeside, keyOf, replaceValue } from '../rules/rule';
import { isBeside, settingsOf, type Setting } from '../settings';
import type { TrainingConfig } from '../training';
import { wantedOf, type Wanted } from './wanted';

type Set = Exclude<Wanted, { reason: string }>;
type Fix = { title: string; edits: TextEdit[] };

const refused = (reason: string): FixPlan => ({ applicable: false, reason });

/**
 * Where a config file sets the key of a technique, or why it can't: sets the value of a key that is off, or puts the key in
 * where the dialect has exactly one for it and the file is whole. Never touches a value that is on already, or that several
 * keys share. What comes out was read again: it parses, and differs in that one value only.
 * @param trainings all that the file describes; with several, which of them made a run is not known
 */
export async function planInConfig(
  technique: TechniqueId,
  trainings: readonly TrainingConfig[],
): Promise<FixPlan> {
  const [config, other] = trainings;
  if (!config) return refused(l10n.t('it is no config of a training'));
  if (other)
    return refused(
      l10n.t('the file describes several trainings, and which of them made the run is not known'),
    );
  const set = wantedOf(technique, config);
  if ('reason' in set) return refused(set.reason);
  const own = config.settings.filter(({ concept }) => concept === set.concept);
  const fix = own.length > 0 ? ofWritten(own, set) : ofMissing(config, set);
  if (typeof fix === 'string') return refused(fix);
  if (!(await changesOnly(config, set, fix.edits)))
    return refused(l10n.t('the edit would change more than that key'));
  return { applicable: true, title: fix.title, edits: fix.edits, notes: [] };
}

/** Sets the value of the one key that is there and says "off", or a warm-up that is shorter. */
function ofWritten(own: readonly Setting[], { concept, value }: Set): Fix | string {
  if (own.length > 1)
    return l10n.t('{0} set it in several places', together(own.map(({ entry }) => keyOf(entry))));
  const { entry, meaning } = own[0]!;
  const key = keyOf(entry);
  const now = String(entry.value).trim();
  if (entry.quoted) return l10n.t('{0} is written as text', key);
  if (meaning.unrated) return l10n.t('{0} has a scale of its own', key);
  const number = numberOf(entry);
  const isOff = isNone(entry) || number === 0 || switchOf(entry) === false;
  if (concept === 'warmup-steps' && number !== null && number > 0 && number < 1)
    return l10n.t('{0} is a share of the run here', key);
  const isShort = concept.startsWith('warmup') && number !== null && number < Number(value);
  if (!isOff && !isShort) return l10n.t('{0} is {1} already', key, now);
  const isSwitch = value === 'true';
  // A switch takes a switch and a number a number: `early_stopping: false` is no patience.
  if (isSwitch !== (typeof entry.value === 'boolean') || (isSwitch && entry.quoted))
    return l10n.t('{0} is {1}, which is no value of that kind', key, now);
  return replaceValue(entry, value, false) ?? l10n.t('the value of {0} is shared with other keys', key);
}

/** Puts the key beside another one of the training, where it is certain what it is called and where it belongs. */
function ofMissing(config: TrainingConfig, { concept, value, mayAdd }: Set): Fix | string {
  const { dialect, document } = config;
  if (config.inherited.settings.some((one) => one.concept === concept))
    return l10n.t('the key is set in a file that this one inherits from');
  if (dialect.soft)
    return l10n.t('what its keys are called depends on the script that reads it, which is not known');
  if (!mayAdd) return l10n.t('it has no key for it, and whether it may have one depends on the network');
  if (!config.isWhole) return l10n.t('other settings of the training may stand elsewhere');
  const isOn = config.isOn(concept);
  if (isOn) return l10n.t('{0} does it by itself', translated(dialect.title));
  // Where a default is known, the framework has the key whatever script reads the file.
  if (isOn === null) return l10n.t('what {0} does without the key is not known', translated(dialect.title));
  if (document.entries.some((entry) => entry.value === 'auto'))
    return l10n.t('a trainer fills in what is "auto" in this file');
  const place = placeOf(dialect, config);
  const keys = Object.entries(dialect.keys).flatMap(([pattern, meaning]) => place(pattern, meaning, concept));
  const [key, second] = keys;
  if (!key) return l10n.t('where {0} would have the key is not told by this file', translated(dialect.title));
  if (second) return l10n.t('{0} has several keys for it', translated(dialect.title));
  const not = dialect.unsupported?.find(
    (one) => one.key === key.name && one.where.some((clue) => shows(document, clue)),
  );
  if (not) return `${key.name} ${translated(not.why)}`;
  return (
    insertBeside(document, key.beside, key.name, value) ??
    l10n.t('there is no place beside {0}', keyOf(key.beside))
  );
}

/** Finds for a key pattern of a dialect the setting that stands where such a key would: in the same mapping. */
function placeOf(dialect: Dialect, config: TrainingConfig) {
  const rates = config
    .all('learning-rate')
    .filter(({ target }) => target === null || !/schedul/i.test(target));
  return (
    pattern: string,
    meaning: Dialect['keys'][string],
    concept: Setting['concept'],
  ): { name: string; beside: Entry }[] => {
    const about: Meaning = typeof meaning === 'string' ? { is: meaning } : meaning;
    if (
      about.is !== concept ||
      about.of ||
      about.beside ||
      about.unrated ||
      about.list ||
      about.default === undefined
    )
      return [];
    const parts = pattern.split('.');
    const name = parts.at(-1)!;
    if (parts.slice(1).some((part) => part.includes('*')) || name.includes('*')) return [];
    const mapping = parts.slice(0, -1).map(normal).join('.');
    // A key that may stand anywhere stands with the rate, if that is such a key, too.
    const beside =
      parts[0] === '**'
        ? rates.find(({ entry }) => Object.hasOwn(dialect.keys, `**.${normal(keyOf(entry))}`))?.entry
        : [...rates, ...config.settings].find(({ entry }) => mappingOf(entry) === mapping)?.entry;
    return beside ? [{ name, beside }] : [];
  };
}

/** The mapping around an entry, as key patterns name it. */
function mappingOf({ path }: Entry): string {
  return path.slice(0, -1).map(normal).join('.');
}

/** Whether the text after the edits is read as before, but for the value that was to be set. */
async function changesOnly(
  { document, dialect }: TrainingConfig,
  { concept, value }: Set,
  edits: readonly TextEdit[],
): Promise<boolean> {
  const documents = await readConfig(applyEdits(document.text, edits), document.syntax);
  const before = await readConfig(document.text, document.syntax);
  if (documents.length !== before.length) return false;
  const changed = documents.flatMap((one, i) =>
    differences(before[i]!, one).map((entry) => ({ one, entry })),
  );
  const [only, more] = changed;
  if (!only || more) return false;
  const set = settingsOf(only.one, dialect).find(({ entry }) => samePath(entry, only.entry));
  if (set?.concept !== concept) return false;
  return value === 'true' ? set.entry.value === true : numberOf(set.entry) === Number(value);
}

/** Entries that are new, or whose value is another; one that is gone counts, too. */
function differences(before: ConfigDocument, after: ConfigDocument): Entry[] {
  const valuesOf = ({ entries }: ConfigDocument): Map<string, Entry> =>
    new Map(entries.map((entry) => [entry.path.join('\u0000'), entry]));
  const [old, now] = [valuesOf(before), valuesOf(after)];
  const gone = before.entries.filter(({ path }) => !now.has(path.join('\u0000')));
  return [
    ...gone,
    ...after.entries.filter(({ path, value }) => old.get(path.join('\u0000'))?.value !== value),
  ];
}

function samePath(a: Entry, b: Entry): boolean {
  return isBeside({ entry: a }, { entry: b }) && a.path.at(-1) === b.path.at(-1);
}
