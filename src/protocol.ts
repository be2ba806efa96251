/**
 * Every message between the processes: engine <-> extension host, and extension host <-> page.
 *
 * Types only, so that the page can import it. Curves travel as typed arrays, which carry NaN and infinities and
 * cost 8 bytes a number. Names and messages from a log are plain text wherever they are shown.
 */
import type {
  BackendInfo,
  Diagnosis,
  Family,
  Label,
  Severity,
  SymptomId,
  SymptomNote,
  Outcome,
} from './analysis/diagnosis';
import type { FixKind, RankedRemedy, RemedyContext, TechniqueId } from './remedies/remedy';

/** Both ends of a conversation must have been built together: a page from before an update says so and reloads. */
export const PROTOCOL_VERSION = 5;

/* ------------------------------------------------------------------------------------------------ models */

/** How much of a run was read (bytes). */
export interface Read {
  readonly done: number;
  readonly size: number;
}

/** How a training stands, as far as its log tells. */
export type RunState = 'running' | 'finished' | 'stopped' | 'crashed' | 'unknown';

/** One line of the Runs view. */
export interface RunSummary {
  id: string;
  path: string;
  /** Path relative to the searched folder, for people. */
  title: string;
  format: string;
  /** Of the output of a program: when that started, ms since 1970. */
  started?: number;
  state: RunState;
  /** Last change, ms since 1970. */
  modified: number;
  /** Null until the run was analysed. */
  label: Label | null;
  /** Worst severity among the findings. */
  severity: Severity | null;
  /** What was found, the leading one first. */
  symptoms: { id: SymptomId; family: Family; severity: Severity }[];
  /** In the host: how many findings the user dismissed, which are left out of all the above. */
  dismissed?: number;
  /** Where the leading finding begins, in words: "epoch 12", "step 340"; null where there is none. */
  since: string | null;
  /** Last value of the curve that matters most. */
  last: { name: string; value: number } | null;
  /** Number of points in all series. */
  points: number;
  /** What its curves are called: "val loss". None where it was not read yet, and of a run with very many. */
  curves?: readonly string[];
  /** ms since the last change when this was made, by the clock of the engine. */
  quiet: number;
  /** How far it is on its plan; null where no plan is known. */
  progress: Progress | null;
  /** How it begins, by which the next training in the same log is told from it; null before it was read. */
  beginning: Beginning | null;
}

/** The first points of some curves of a training, by key: where on the x axis, and what was measured there. */
export type Beginning = Record<string, { x: number; what: string }[]>;

/** How far a run is, and how long it still needs (ms; null where its pace is not known). */
export interface Progress {
  unit: 'step' | 'epoch';
  done: number;
  total: number;
  left: number | null;
}

/** What a curve is, without its points. */
export interface SeriesInfo {
  /** Position in the run's list: names the curve in `append` and in findings. */
  index: number;
  name: string;
  key: string;
  split: 'train' | 'val' | 'test' | null;
  direction: 'lower' | 'higher' | 'none';
  unit: string | null;
  axis: 'step' | 'epoch' | 'index';
  /** Points in the log, of which the picture may show fewer. */
  total: number;
  nonFinite: number;
}

/** Points of one curve as columns of equal length. Epochs and times are NaN where the log has none. */
export interface Points {
  steps: Float64Array;
  values: Float64Array;
  epochs: Float64Array;
  /** ms since 1970. */
  times: Float64Array;
  /** 1-based lines of the log; NaN in binary logs. */
  lines: Float64Array;
  /** Which of the run's files the points are from: an entry holds from its point on. Without: the run's own path. */
  files?: { at: number; file: number }[];
}

/** A whole run as the page draws it. */
export interface RunSnapshot {
  summary: RunSummary;
  /** Grows when points given before no longer hold. */
  generation: number;
  /** The files that its points are from; `Points.files` counts in this list. */
  files: readonly string[];
  series: (SeriesInfo & { points: Points })[];
  /** How sure the format is (0 to 1), and why; null where nothing was read. */
  recognition: { confidence: number; why: string } | null;
  /** Facts that are not curves, for the "about this run" line. */
  context: Record<string, string | number>;
  skipped: { lines: number; first: { line: number | null; reason: string } | null };
  assessment: Assessment | null;
  /** What the run came to so far. */
  outcomes: Outcome[];
  /** Why the log can't be read (on), and what to do; null when it can. */
  problem: string | null;
}

/** What the analyzer says, with the remedies for it. */
export interface Assessment {
  diagnosis: Diagnosis;
  /** What to know of the symptoms that were found. */
  notes: Partial<Record<SymptomId, SymptomNote>>;
  /** By what the remedies were ranked, besides the diagnosis. */
  context: RemedyContext;
  remedies: RemedyCard[];
  /** The other techniques; only where the page is told. */
  others?: OtherTechnique[];
  backend: BackendInfo | null;
  /** The last lines of the log of a run that crashed or says nothing any more. Plain text. */
  lastLines?: string[];
}

/** A recommended technique with all its texts, ready to show. */
export interface RemedyCard extends RankedRemedy {
  title: string;
  what: string;
  typical: { context: string; value: string }[];
  cost: string;
  check: string;
  notWhen: string;
  cautions: string[];
}

/** A technique that is not recommended for a run, for whoever looks for it. */
export interface OtherTechnique {
  technique: TechniqueId;
  title: string;
  what: string;
  /** Of what kind of training it is no part, where the run is of that kind: "language model pretraining". */
  unfitFor: string | null;
}

/** Points added to a curve since the last message about it. */
export interface AddedPoints {
  index: number;
  total: number;
  nonFinite: number;
  points: Points;
}

/** A part of the x axis that is looked at closely, and by how many pixel columns. */
export interface CurvePart {
  /** Indexes of the curves that are looked at. */
  series: readonly number[];
  /** What the x axis counts: steps (or what the curve counts), epochs, or ms since 1970. */
  axis: 'step' | 'epoch' | 'time';
  min: number;
  max: number;
  log: boolean;
  columns: number;
}

/** Some curves as they are in a part of the x axis. */
export interface CurveDetail {
  generation: number;
  series: {
    index: number;
    points: Points;
    /** They are of the whole curve, thinned out beside the part: its x axis goes back somewhere. */
    whole: boolean;
  }[];
}

/* -------------------------------------------------------------------------------------- engine <-> host */

/** What the engine needs to know before its first work. */
export interface EngineOptions {
  backend: 'auto' | 'tfjs-node' | 'wasm' | 'cpu';
  /** Folder whose `node_modules` holds `@tensorflow/tfjs-node`; null to look beside the extension only. */
  tfjsNodePath: string | null;
  /** Folders that are searched for runs. */
  roots: string[];
  /** The user's own formats as the settings hold them: regular expressions by name, and perhaps anything. */
  formats?: unknown;
  /** Ids of the formats that the user says logs have, by the paths of their runs. */
  readAs?: Readonly<Record<string, string>>;
  /** What keys of logs mean, as the settings hold it: meanings by key, and perhaps anything. */
  names?: unknown;
}

/** Requests of the host: method -> what it takes and gives. Each can be cancelled. */
export interface EngineRequests {
  /** (Re)configures the engine; the search for runs in `roots` starts anew. */
  configure: { params: EngineOptions; result: null };
  /** All runs known so far, newest first. Waits for the search to end. */
  runs: { params: { refresh: boolean }; result: RunSummary[] };
  /**
   * Reads and follows the run at a path (file or folder); several follows of one path share the work. With a format it is
   * read as that, for all who follow it.
   */
  follow: { params: { path: string; format?: string | undefined }; result: { id: string } };
  unfollow: { params: { id: string }; result: null };
  /** A followed run, at most `maxPoints` points a curve. */
  snapshot: { params: { id: string; maxPoints: number }; result: RunSnapshot };
  /** A part of some curves of a followed run, at most 4 points a pixel column. */
  detail: { params: { id: string; part: CurvePart }; result: CurveDetail };
  /** Every point of a metric in followed runs, as the bytes of a CSV file of at most about `maxBytes`. */
  csv: {
    params: { ids: readonly string[]; metric: string; maxBytes: number };
    result: { bytes: Uint8Array };
  };
}

/** What the engine tells by itself. */
export type FromEngine =
  /** The list of runs changed, in part or whole; complete each time. */
  | { type: 'runs'; runs: RunSummary[] }
  /** New points of a followed run. */
  | { type: 'append'; id: string; generation: number; summary: RunSummary; series: AddedPoints[] }
  /** Points given before no longer hold, or curves were added: ask for a snapshot. */
  | { type: 'reset'; id: string }
  /** A followed run was analysed again. */
  | { type: 'assessed'; id: string; summary: RunSummary; assessment: Assessment }
  /** A backend is loaded from now on: native code may end the process before `backend` is told. */
  | { type: 'loadingBackend' }
  /** The backend that computes from now on (null: none loads), and why better ones were passed over, a line for each. */
  | { type: 'backend'; info: BackendInfo | null; passedOver: string[] }
  /** How much was read of a run that is asked for (bytes): of large ones, until `follow` is answered. */
  | ({ type: 'reading'; path: string } & Read)
  /** A followed run can't be read now; what was read stays. `message` says what to do. */
  | { type: 'failed'; id: string; message: string }
  /** Something in the settings can't be used: to be told once. */
  | { type: 'notice'; message: string }
  /** For the log channel. */
  | { type: 'log'; level: 'debug' | 'info' | 'warn' | 'error'; message: string };

/* ---------------------------------------------------------------------------------------- host <-> page */

/** Host to page. */
export type ToWebview =
  /** Everything: sent on `ready`, when a hidden panel is shown again, and after a reset. */
  | { type: 'snapshot'; version: number; run: RunSnapshot; fixes: OfferedFix[] }
  /** Of the run of the panel, or of one that it is compared with: `summary.id` tells. */
  | { type: 'append'; generation: number; summary: RunSummary; series: AddedPoints[] }
  | { type: 'assessed'; summary: RunSummary; assessment: Assessment; fixes: OfferedFix[] }
  /** The runs that the run of the panel is compared with: all of them, in order. */
  | { type: 'compared'; runs: ComparedRun[] }
  /** One of these runs as a whole. */
  | { type: 'other'; run: RunSnapshot }
  /** The findings of the run of which the user says that they are not so: all of them. */
  | { type: 'dismissed'; findings: readonly DismissedFinding[] }
  /** What changed since the run before of the same script; null where there is none, or none is known. */
  | { type: 'since'; since: SinceBefore | null }
  /** What was asked for with `detail`: by the run and the number of the request. */
  | { type: 'detail'; id: string; request: number; detail: CurveDetail }
  /** The log can't be shown or read on; a snapshot shown before stays on the page. */
  | { type: 'problem'; message: string }
  /** The run is being read; shown until the first snapshot. How much of it was read (bytes) is told of large ones. */
  | { type: 'loading'; title: string; read?: Read };

/** A finding of which the user says that it is not so. */
export interface DismissedFinding {
  id: SymptomId;
  reason: 'design' | 'misread' | 'noise' | 'other';
}

/** A run beside the run before of the same script, in words. */
export interface SinceBefore {
  /** What changed: `dropout 0 → 0.1, lr 0.1 → 0.2`. */
  changed: string;
  /** What it did to each metric, and what else there is to say. */
  lines: string[];
}

/** A run beside the run of the panel. */
export interface ComparedRun {
  path: string;
  /** Null while it can't be read. */
  id: string | null;
  title: string;
  problem: string | null;
}

/** A fix that can be applied to a file that is open or in the workspace. */
export interface OfferedFix {
  technique: TechniqueId;
  kind: FixKind;
  /** The exact edit: "Clip gradients to norm 1.0 before `optimizer.step()`". */
  title: string;
  /** File name, for the button's tooltip. */
  file: string;
}

/** Page to host. Checked at the boundary: anything else is ignored. */
export type FromWebview =
  | { type: 'ready'; version: number }
  /** Show a line of a log in an editor (1-based): of a run, and of its files where the points tell which. */
  | { type: 'reveal'; line: number; id: string; file: number | null }
  /** A part of some curves is looked at closely: more of their points there, please. */
  | { type: 'detail'; id: string; request: number; part: CurvePart }
  /** Show what a fix that was offered would change, as a diff. */
  | { type: 'preview'; technique: TechniqueId; kind: FixKind }
  /** Apply a fix that was offered. */
  | { type: 'fix'; technique: TechniqueId; kind: FixKind }
  /** Show the page of a technique. */
  | { type: 'learn'; technique: TechniqueId }
  /** Compare with the run before of the same script. */
  | { type: 'compareBefore' }
  /** Read this panel's log as another format. */
  | { type: 'format' }
  /** Read no further in the log that is being read. */
  | { type: 'stop' }
  /** A finding of the run is not so, or is after all. */
  | ({ type: 'dismiss' } & DismissedFinding)
  | { type: 'restore'; id: SymptomId }
  /** Save the picture of a chart: a PNG as a data URL, or the text of an SVG. */
  | { type: 'picture'; kind: 'png' | 'svg'; metric: string; data: string }
  /** Save all points of a metric, of the run and of those that it is compared with. */
  | { type: 'csv'; metric: string }
  /** The picture of a chart is on the clipboard, or could not be put there. */
  | { type: 'copied'; worked: boolean }
  /** Choose the runs to compare with. */
  | { type: 'compare' }
  /** Compare with this run no more. */
  | { type: 'uncompare'; path: string }
  /** Pick another log for this panel. */
  | { type: 'choose' };
