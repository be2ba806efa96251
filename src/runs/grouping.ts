import { basename } from 'node:path';
import { dvclivePlaces } from './dvcliveRuns';
import { mlflowPlaces } from './mlflowRuns';
import { byNumber, placeInFolders, type Place, type Placing } from './places';
import type { FoundLog, RunSource } from './source';
import { trainerOutputPlaces } from './trainerOutput';
import { wandbPlaces } from './wandbRuns';

/** Each answers for the files that it knows; the first that does decides. */
const placings: readonly ((files: readonly FoundLog[]) => Placing)[] = [
  wandbPlaces,
  mlflowPlaces,
  dvclivePlaces,
  trainerOutputPlaces,
  placeInFolders,
];

interface Group {
  folder: string | null;
  members: { file: FoundLog; place: Place }[];
}

/** Makes runs of files: what one training wrote is one run, however many files it took. Newest first. */
export function groupFiles(files: readonly FoundLog[]): RunSource[] {
  const rules = placings.map((placing) => placing(files));
  const groups = new Map<string, Group>();
  for (const file of files) {
    const place = firstAnswer(rules, file);
    if (place === 'repeats') continue;
    const key = place.folder ?? file.path;
    const group = groups.get(key) ?? { folder: place.folder, members: [] };
    group.members.push({ file, place });
    groups.set(key, group);
  }
  return newestFirst([...groups.values()].map(toSource));
}

/** Sorts runs by their last change, and those of the same time by path. */
export function newestFirst(sources: RunSource[]): RunSource[] {
  return sources.sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
}

function firstAnswer(rules: readonly Placing[], file: FoundLog): Place | 'repeats' {
  for (const rule of rules) {
    const place = rule(file);
    if (place !== null) return place;
  }
  return { folder: null, split: null };
}

function toSource(group: Group): RunSource {
  // By name: TensorBoard puts the start time into it, so restarts come in order, and AllenNLP the epoch.
  const members = group.members.sort(
    ({ file: a }, { file: b }) =>
      byNumber.compare(basename(a.path), basename(b.path)) || byNumber.compare(a.path, b.path),
  );
  const first = members.find(({ place }) => !place.standIn) ?? members[0]!;
  const facts = members.flatMap(({ place }) => place.facts ?? []);
  return {
    // The folder even while it holds one file: the others come later, and the run must keep its name.
    path: group.folder ?? first.file.path,
    files: members.map(({ file, place: { split, metric, standIn } }) => ({
      path: file.path,
      split,
      ...(metric !== undefined && { metric }),
      ...(standIn && { standIn }),
    })),
    ...(facts.length > 0 && { facts: [...new Map(facts.map((one) => [one.path, one])).values()] }),
    modified: Math.max(...members.map(({ file }) => file.modified)),
    format: first.file.format,
  };
}
