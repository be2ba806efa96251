/** A call that can't be understood; told in one line with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `fitcheck: what is wrong with a training run, from its log

  fitcheck diagnose PATH... [--json|--markdown] [--backend auto|tfjs-node|wasm|cpu] [--fail-on error|warning]
                     [--as FORMAT] [--pattern REGEX] [--metric KEY=MEANING] [--script FILE.py] [--config FILE]
      PATH is a log file, or a folder in which runs are found; REGEX reads lines that nothing else does, by
      named groups: '^s=(?<step>\\d+) L=(?<loss>\\S+)';
      MEANING is what a metric is whose name says too little: --metric 'holdout_nll=val loss';
      the training's script and config tell what kind of training it is, by which remedies are chosen
  fitcheck watch PATH [--backend ...] [--pattern REGEX] [--metric KEY=MEANING]
      follows a live run, one line per change of verdict, until it ends or Ctrl-C
  fitcheck lint PATH... [--format text|json|sarif] [--fix] [--rule FCnnn=off|hint|info|warning|error]
                [--fail-on error|warning]
      training scripts (Python) and configs (YAML, JSON, TOML, Python, launch scripts) below PATH;
      .fitcheck.json or [tool.fitcheck.lint] in pyproject.toml, and .fitcheckignore, say what a project wants
  fitcheck fix SCRIPT.py --remedy ID [--write|--diff|--json]
      writes a remedy into a training script
  fitcheck formats
      the log formats that are read
  fitcheck doctor [--json]
      versions, and which tf.js backends work here, how fast, and why others do not
  fitcheck --version | --help

Exit codes: 0 all was read, 1 a finding of the --fail-on severity, 2 a wrong call or a path that can't be read.
doctor: 0 some backend works, 1 none does.
`;
