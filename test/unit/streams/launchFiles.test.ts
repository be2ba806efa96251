import { describe, expect, it } from 'vitest';
import { launchOf } from '../../../src/streams/launch';
import { filesOf, launchIn } from '../../../src/streams/launchFiles';

const files = (line: string): ReturnType<typeof filesOf> =>
  filesOf(launchOf(line)!, '/project', ['/project', '/other']);

describe('the script of a launch', () => {
  it.each([
    ['python train.py', '/project/train.py'],
    ['python ../x/train.py', '/x/train.py'],
    ['python /abs/train.py', '/abs/train.py'],
    ['cd exp/a && python train.py', '/project/exp/a/train.py'],
    ['cd /data && cd b && python train.py', '/data/b/train.py'],
    ['torchrun --nproc_per_node 2 tools/train.py configs/a.py', '/project/tools/train.py'],
    ['bash scripts/run.sh', '/project/scripts/run.sh'],
  ])('%j', (line, path) => expect(files(line).script).toEqual([path]));

  it('of a module may be at several places', () => {
    expect(files('python -m pkg.train').script).toEqual([
      '/project/pkg/train.py',
      '/project/pkg/train/__main__.py',
      '/project/src/pkg/train.py',
      '/project/src/pkg/train/__main__.py',
      '/other/pkg/train.py',
      '/other/pkg/train/__main__.py',
      '/other/src/pkg/train.py',
      '/other/src/pkg/train/__main__.py',
    ]);
    expect(files('python -m ../../etc').script).toEqual([]);
    expect(files('yolo train data=coco8.yaml').script).toEqual([]);
  });

  it('is named as Windows names files', () => {
    const launch = launchOf('python sub\\train.py -c a.yaml', 'windows')!;
    expect(filesOf(launch, 'c:\\work', [], 'windows')).toEqual({
      script: ['c:\\work\\sub\\train.py'],
      configs: ['c:\\work\\a.yaml'],
    });
  });
});

describe('the configs of a launch', () => {
  it.each([
    ['python train.py --config x.yaml', ['/project/x.yaml']],
    ['python train.py --config=conf/x.toml --lr 1', ['/project/conf/x.toml']],
    ['python train.py --cfg configs/swin.yaml --opts A b', ['/project/configs/swin.yaml']],
    ['python train.py experiment.json', ['/project/experiment.json']],
    ['python train.py --out metrics.json --log_file=run.json -c a.yaml', ['/project/a.yaml']],
    ['python tools/train.py configs/faster_rcnn.py', ['/project/configs/faster_rcnn.py']],
    ['python train.py config/train_gpt2.py', ['/project/config/train_gpt2.py']],
    ['yolo train data=coco8.yaml epochs=3', ['/project/coco8.yaml']],
    ['llamafactory-cli train x.yaml', ['/project/x.yaml']],
    ['tune run lora --config llama3/8B_lora', ['/project/llama3/8B_lora']],
    ['python train.py --config base', []],
    ['python train.py --out-dir results --lr 1e-3', []],
  ])('%j', (line, paths) => expect(files(line).configs).toEqual(paths));

  it('are those of Hydra, beside the script', () => {
    expect(
      files('python src/train.py --config-path cfg --config-name base model=resnet lr=0.1').configs,
    ).toEqual(['/project/src/cfg/base.yaml', '/project/src/cfg/model/resnet.yaml']);
    expect(files('python train.py +experiment=big').configs).toContain(
      '/project/configs/experiment/big.yaml',
    );
  });
});

describe('a shell script', () => {
  it('starts what trains in one of its lines', () => {
    const script =
      '#!/bin/bash\nset -e\npip install -r requirements.txt\nbash prepare.sh\ntorchrun \\\n  --nproc_per_node 8 \\\n  src/train.py --config a.yaml\n';
    expect(launchIn(script)).toMatchObject({ script: 'src/train.py', args: ['--config', 'a.yaml'] });
    expect(launchIn('#!/bin/sh\nls\n')).toBeNull();
  });
});
