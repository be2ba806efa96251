import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Reported } from '../engine/markdown';
import { assessedFor } from '../engine/remedyCards';
import type { RunSnapshot, RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { say } from './say';
import type { TrainingKinds } from './trainingKinds';

/** Points of a curve that a report looks at: its extremes stay in it. */
const POINTS = 500;
/** How long a verdict is waited for (ms), and how often it is looked for. */
const PAUSE = 100;
const TRIES = 100;

/** What is handed on of a run: a summary for a chat, a report for a file. */
export class Reports {
  constructor(
    private readonly engine: EngineService,
    private readonly kinds: TrainingKinds,
    /** The log of the panel that is shown. */
    private readonly shown: () => string | null,
  ) {}

  /** The run of a tree item, or of the panel that is shown; undefined after a message where there is none. */
  async of(run: unknown): Promise<Reported | undefined> {
    const given = (run as Partial<RunSummary> | null | undefined)?.path;
    const path = typeof given === 'string' ? given : this.shown();
    if (path === null) {
      void say.info('Fitcheck: open a run first; its summary is taken from its panel.');
      return undefined;
    }
    const id = await this.engine.follow(path);
    try {
      const snapshot = await this.judged(id);
      const { summary, assessment, context, problem } = snapshot;
      if (!assessment) throw new Error(problem ?? `${summary.title}: nothing to report yet`);
      const { curvesOf } = await import('../engine/markdown');
      const told = await this.kinds.of(summary);
      return { summary, assessment: assessedFor(assessment, told), context, curves: curvesOf(snapshot) };
    } finally {
      await this.engine.unfollow(id);
    }
  }

  /** The run with its verdict, for which the analyzer may need a moment. */
  private async judged(id: string): Promise<RunSnapshot> {
    for (let tries = 0; ; tries++) {
      const snapshot = await this.engine.snapshot(id, POINTS);
      if (snapshot.assessment || snapshot.problem !== null || tries >= TRIES) return snapshot;
      await pause(PAUSE);
    }
  }

  async copy(reported: Reported): Promise<void> {
    const { summaryText } = await import('../engine/markdown');
    await vscode.env.clipboard.writeText(summaryText(reported));
    vscode.window.setStatusBarMessage('Fitcheck: summary copied', 3000);
  }

  /** In an editor of its own, unsaved: what becomes of it is the user's choice. */
  async show(reported: Reported): Promise<void> {
    const { reportMarkdown } = await import('../engine/markdown');
    const content = reportMarkdown(reported);
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
  }
}
