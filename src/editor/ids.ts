/** Every id that `package.json` and the code must agree on; a test compares them. */
export const commands = {
  openLog: 'fitcheck.openLog',
  showRun: 'fitcheck.showRun',
  refreshRuns: 'fitcheck.refreshRuns',
  trainSample: 'fitcheck.trainSample',
  showOutput: 'fitcheck.showOutput',
  restartEngine: 'fitcheck.restartEngine',
  installBackend: 'fitcheck.installBackend',
  lintWorkspace: 'fitcheck.lintWorkspace',
  compareRuns: 'fitcheck.compareRuns',
  compareChecked: 'fitcheck.compareChecked',
  filterRuns: 'fitcheck.filterRuns',
  clearRunFilter: 'fitcheck.clearRunFilter',
  sortRuns: 'fitcheck.sortRuns',
  copyPath: 'fitcheck.copyPath',
  openAsText: 'fitcheck.openAsText',
  muteRun: 'fitcheck.muteRun',
  unmuteRun: 'fitcheck.unmuteRun',
  copySummary: 'fitcheck.copySummary',
  showReport: 'fitcheck.showReport',
  chooseScript: 'fitcheck.chooseScript',
  saveStream: 'fitcheck.saveStream',
  openSample: 'fitcheck.openSample',
  reportIssue: 'fitcheck.reportIssue',
  copyInfo: 'fitcheck.copyInfo',
  exportExperiments: 'fitcheck.exportExperiments',
  diffExperiment: 'fitcheck.diffExperiment',
  compareWithBefore: 'fitcheck.compareWithBefore',
  forgetExperiment: 'fitcheck.forgetExperiment',
  applyPreview: 'fitcheck.applyPreview',
  discardPreview: 'fitcheck.discardPreview',
} as const;

export const views = { runs: 'fitcheck.runs', experiments: 'fitcheck.experiments' } as const;

/** Keys that the extension sets for the when-clauses of menus. */
export const contexts = { filtered: 'fitcheck.runsFiltered' } as const;

/** Scheme of the texts with an edit that is not written yet; menus and keys go by it, too. */
export const previewScheme = 'fitcheck-preview';

/** View type of the panel: also the key under which VS Code restores it. */
export const panelType = 'fitcheck.panel';

/** View type of the custom editor: the same panel, in place of a log's text. */
export const logEditorType = 'fitcheck.logEditor';

/** Name of the tool that language models may call. */
export const diagnoseTool = 'fitcheck_diagnose_run';

export const settings = {
  backend: 'analyzer.backend',
  tfjsNodePath: 'analyzer.tfjsNodePath',
  openWhenRunStarts: 'panel.openWhenRunStarts',
  openBeside: 'panel.openBeside',
  notify: 'notifications',
  followOutput: 'output.follow',
  customFormats: 'formats.custom',
  metricNames: 'metrics.names',
  codeLens: 'codeLens.enable',
  runDiagnostics: 'diagnostics.enable',
  lint: 'lint.enable',
  lintRules: 'lint.rules',
  lintWorkspace: 'lint.workspace',
} as const;
