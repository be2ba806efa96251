import type * as vscode from 'vscode';
import type { TrainingConfig } from '../config/training';
import { lintedPath } from './lintedDocuments';
import type { LintProjects } from './lintProjects';

/** The trainings that a document describes, read once per version of it and of what it inherits. */
export class ConfigTrainings {
  private readonly known = new WeakMap<
    vscode.TextDocument,
    { version: number; stamp: number; configs: Promise<readonly TrainingConfig[]> }
  >();

  constructor(private readonly projects: LintProjects) {}

  of(document: vscode.TextDocument): Promise<readonly TrainingConfig[]> {
    const known = this.known.get(document);
    const { version } = document;
    const stamp = this.projects.readers.stampOf(document.uri);
    if (known?.version === version && known.stamp === stamp) return known.configs;
    const configs = this.read(document);
    this.known.set(document, { version, stamp, configs });
    return configs;
  }

  private async read(document: vscode.TextDocument): Promise<readonly TrainingConfig[]> {
    const path = lintedPath(document);
    if (path === null) return [];
    const { trainingsIn } = await import('../config/lint');
    return trainingsIn(document.getText(), path, this.projects.around(document.uri));
  }
}
