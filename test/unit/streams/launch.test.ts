import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchOf } from '../../../src/streams/launch';
import { splitCommands } from '../../../src/streams/shellWords';

/** Script, module or label of what a command line starts; null where it is none. */
const started = (line: string): string | null => {
  const launch = launchOf(line);
  return launch && (launch.script ?? launch.module ?? launch.label);
};

describe('what may be a training', () => {
  it.each([
    ['python train.py', 'train.py'],
    ['python3.11 -u src/train.py --lr 1e-3', 'src/train.py'],
    ['/opt/venv/bin/python -W ignore -X dev train.py', 'train.py'],
    ['python -m pkg.train --epochs 3', 'pkg.train'],
    ['python -um pkg.train', 'pkg.train'],
    ['python -c "import train; train.main()"', 'python -c import train; train.main()'],
    ["python - <<'EOF'\nimport torch\nEOF", 'python -'],
    ['CUDA_VISIBLE_DEVICES=0,1 WANDB_MODE=offline python train.py', 'train.py'],
    ['time nohup python train.py', 'train.py'],
    ['time -p python train.py', 'train.py'],
    ['env -u DISPLAY OMP_NUM_THREADS=1 python train.py', 'train.py'],
    ['sudo -E -u me python train.py', 'train.py'],
    ['cd exp && source .venv/bin/activate && python "my train.py"', 'my train.py'],
    ['export A=1; python train.py', 'train.py'],
    ['for s in 1 2 3; do python train.py --seed $s; done', 'train.py'],
    ['(cd a && python train.py)', 'train.py'],
    ['python train.py \\\n  --lr 1e-3 \\\n  --epochs 2', 'train.py'],
    ['pip install -q torch\npython train.py', 'train.py'],
    ['torchrun --standalone --nproc_per_node 8 train.py --config a.yaml', 'train.py'],
    ['torchrun --nproc_per_node=8 -m pkg.train', 'pkg.train'],
    ['python -m torch.distributed.launch --nproc_per_node 2 tools/train.py', 'tools/train.py'],
    ['accelerate launch --config_file acc.yaml run_clm.py --lr 1', 'run_clm.py'],
    ['deepspeed --num_gpus=4 train.py --deepspeed ds.json', 'train.py'],
    ['uv run train.py', 'train.py'],
    ['uv run --with torch python -u train.py', 'train.py'],
    ['poetry run my-train --lr 1', 'poetry run my-train --lr 1'],
    ['conda run -n dl --no-capture-output python train.py', 'train.py'],
    ['lightning run model train.py', 'lightning run model train.py'],
    ['yolo detect train data=coco8.yaml epochs=3', 'yolo detect train data=coco8.yaml epochs=3'],
    ['llamafactory-cli train x.yaml', 'llamafactory-cli train x.yaml'],
    ['axolotl train x.yml', 'axolotl train x.yml'],
    ['tune run lora_finetune_single_device --config x', 'tune run lora_finetune_single_device --config x'],
    ['bash x.sh', 'x.sh'],
    ['./scripts/run.sh 3', './scripts/run.sh'],
    ['srun -N 2 --gres=gpu:8 python train.py', 'train.py'],
    ['mpirun -np 4 -x PATH python train.py', 'train.py'],
    ['timeout 3600 nice -n 10 python train.py', 'train.py'],
    ['./train_gpt2cu -e model.bin', 'train_gpt2cu -e model.bin'],
    ['make train', 'make train'],
    ['node train.mjs', 'train.mjs'],
    ['python -m debugpy --listen 5678 train.py', 'train.py'],
    [
      'cd /w ; /usr/bin/env /v/bin/python /x/debugpy/adapter/../../debugpy/launcher 4567 -- /w/train.py',
      '/w/train.py',
    ],
    ['python train.py 2>&1 | tee log.txt', 'train.py'],
    ['python train.py &> out.txt', 'train.py'],
    [' *  Executing task: python train.py --lr 1 ', 'train.py'],
    [' *  Executing task in folder work: bash run.sh', 'run.sh'],
  ])('%j', (line, expected) => expect(started(line)).toBe(expected));

  it.each([
    '',
    'ls -la',
    'git commit -m "python train.py"',
    'echo python train.py',
    'cat train.py',
    'vim train.py',
    'python',
    'python -V',
    'python3 --version',
    'python -m pip install torch',
    'python -m pytest tests',
    'python -m IPython',
    'python -m http.server',
    'python manage.py runserver',
    'python setup.py install',
    'uv run pytest',
    'uv pip install torch',
    'poetry run python',
    'poetry install',
    'uv run python -m pytest',
    'conda install pytorch',
    'accelerate config',
    'axolotl preprocess x.yml',
    'make build',
    'sudo apt install python3',
    'tail -f train.log',
    'grep -r loss train.py',
    'bash',
    'bash -c "echo hi"',
    'npm run build',
    'ssh box python train.py',
    '# python train.py',
    'python train.py &',
    'nohup python train.py > log.txt 2>&1 &',
    'python "train.py',
    'cat <<EOF\npython train.py\nEOF',
  ])('not %j', (line) => expect(started(line)).toBeNull());

  it('says what stands after it, where it went, and whose the exit code is', () => {
    expect(launchOf('cd a; cd b && A=1 python t.py --x "1 2" c.yaml')).toEqual({
      label: 'python t.py --x 1 2 c.yaml',
      script: 't.py',
      module: null,
      args: ['--x', '1 2', 'c.yaml'],
      folders: ['a', 'b'],
      tellsExit: true,
    });
    const tells = [
      'python t.py | tee l',
      'python t.py; ls',
      'python t.py || true',
      'python t.py;',
      'python t.py',
    ];
    expect(tells.map((line) => launchOf(line)?.tellsExit)).toEqual([false, false, false, true, true]);
  });

  it('keeps the backslashes of Windows, where they are part of paths', () => {
    const line = '& C:\\Python\\python.exe "c:\\my work\\train.py" --lr 1';
    expect(launchOf(line, 'windows')).toMatchObject({
      script: 'c:\\my work\\train.py',
      label: 'python c:\\my work\\train.py --lr 1',
    });
  });

  it('is not held up by lines that are made for it', () => {
    for (const unit of [
      'nice ',
      'uv run ',
      'make ',
      '"',
      '$(',
      '(',
      '\\',
      'a=1 ',
      'python -u ',
      '<<',
      '| ',
      "''",
    ]) {
      const launch = launchOf(unit.repeat(Math.floor(16_000 / unit.length)));
      expect((launch?.label ?? '').length).toBeLessThanOrEqual(80);
    }
    expect(splitCommands('x'.repeat(20_000))).toBeNull();
  });

  it('takes whatever is typed', () => {
    const piece = fc.constantFrom(
      ...' \n\t"\'`$()\\|&;<>#=-',
      'python',
      'train.py',
      '&&',
      '<<',
      '$(',
      'cd',
      'uv',
      'run',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.constantFrom('posix' as const, 'windows' as const),
        (parts, quoting) => {
          const launch = launchOf(parts.join(''), quoting);
          expect(launch === null || launch.label.length > 0).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
