/**
 * Programs that start trainings, as data. Content decides in the end (a stream without metrics is forgotten), so that a
 * program belongs here if people train with it, and not if it is never a training.
 */

/** In front of a command, without meaning for what it is; the options of these take no words of their own. */
export const prefixes = new Set(
  'time nohup exec command builtin unbuffer caffeinate setsid do then else { ! &'.split(' '),
);

/** In front of a command with words of their own before it: what they start is looked for among the words that follow. */
export const wrappers = new Set(
  'sudo env stdbuf nice ionice numactl taskset timeout chrt srun mpirun mpiexec orterun horovodrun singularity apptainer xvfb-run nsys ncu py-spy memray scalene strace flock'.split(
    ' ',
  ),
);

/** Start a program in an environment: program -> the word that must follow. */
export const runners: Readonly<Record<string, string>> = {
  uv: 'run',
  poetry: 'run',
  pipenv: 'run',
  pdm: 'run',
  rye: 'run',
  hatch: 'run',
  pixi: 'run',
  conda: 'run',
  mamba: 'run',
  micromamba: 'run',
};

/** Take a script among their words and start it, perhaps many times. */
export const launchers: Readonly<Record<string, string | null>> = {
  torchrun: null,
  'torch.distributed.run': null,
  'torch.distributed.launch': null,
  'accelerate.commands.launch': null,
  'deepspeed.launcher.runner': null,
  accelerate: 'launch',
  'accelerate-launch': null,
  deepspeed: null,
  composer: null,
  colossalai: 'run',
  fabric: 'run',
  debugpy: null,
  cProfile: null,
  'line_profiler.kernprof': null,
  kernprof: null,
  coverage: 'run',
};

/** Train by themselves: program -> the words of which one must follow; empty where none must. */
export const trainers: Readonly<Record<string, readonly string[]>> = {
  yolo: [],
  lightning: ['run', 'fit'],
  'llamafactory-cli': ['train'],
  axolotl: ['train'],
  tune: ['run'],
  litgpt: ['pretrain', 'finetune', 'finetune_full', 'finetune_lora', 'finetune_qlora', 'finetune_adapter'],
  trl: ['sft', 'dpo', 'grpo', 'kto', 'reward', 'rloo', 'orpo', 'cpo'],
  mlflow: ['run'],
  wandb: ['agent'],
  dvc: ['repro', 'exp'],
  'ns-train': [],
  'fairseq-train': [],
  'fairseq-hydra-train': [],
  onmt_train: [],
  spacy: ['train', 'pretrain'],
  nnUNetv2_train: [],
  mim: ['train'],
  rasa: ['train'],
  autotrain: [],
  sagemaker: ['local'],
};

/** Modules and programs of Python that are never a training. */
export const neverTrain = new Set(
  'pip pip3 pipx pytest py.test unittest doctest venv virtualenv http.server ruff mypy pyright black isort flake8 pylint jupyter jupyterlab notebook ipykernel IPython flask uvicorn gunicorn hypercorn streamlit gradio django sphinx mkdocs pre_commit pre-commit build twine json.tool ensurepip compileall timeit tensorboard tensorboard.main pdb site sysconfig zipfile tox nox cookiecutter alembic celery bandit manage.py setup.py'.split(
    ' ',
  ),
);

/** Run a script of another language than Python. */
export const interpreters = new Set('node bun deno tsx ts-node julia Rscript'.split(' '));
export const shells = new Set('bash sh zsh dash ksh fish'.split(' '));
/** Run what a file of rules calls: only by a name that says so. */
export const taskRunners = new Set('make gmake just task invoke inv doit'.split(' '));

export const pythons = /^(python[\d.]*w?|pypy[\d.]*|py|ipython3?)$/;
