import { describe, expect, it } from 'vitest';
import { sampleOf } from '../../../src/formats/registry';
import { text } from '../../../src/formats/text';
import { points, recordText } from './recording';

/** what, log, points */
const shapes: readonly (readonly [string, string, readonly string[]])[] = [
  ['a block under its step', '[batch=1/100]:\n\t Train loss/train/total: 10.9\n[batch=2/100]:\n\t Train loss/train/total: 10.8\n', ['1/- Train loss/train/total=10.9', '2/- Train loss/train/total=10.8']],
  ['nanoGPT', 'step 250: train loss 1.96, val loss 2.06\niter 250: loss 2.0, time 20.11ms, mfu 3.29%\n', ['250/- train loss=1.96', '250/- val loss=2.06', '250/- loss=2']],
  ['key=value', 'epoch=1 loss=0.5 lr=1e-3\n', ['-/1 loss=0.5', '-/1 lr=0.001']],
  ['Ep and Step', 'Ep 1 (Step 000005): Train loss 8.066, Val loss 8.332\n', ['5/1 Train loss=8.066', '5/1 Val loss=8.332']],
  ['imagenet, averages in brackets', 'Epoch: [0][ 10/391]\tTime  4.268 ( 4.268)\tLoss 3.4e+00 (3.5e+00)\tAcc@1   7.81 (  8.81)\n', ['10/0 Loss=3.5', '10/0 Acc@1=8.81']],
  ['a counter that starts again in each epoch', 'Epoch [1][50/100] loss: 3\nEpoch [1][100/100] loss: 2\nEpoch [2][50/100] loss: 1\n', ['50/1 loss=3', '100/1 loss=2', '150/2 loss=1']],
  ['a log prefix with date and split', '2020-10-28 21:59:39,109 - mmdet - INFO - Epoch(val) [12][7330]\tbbox_mAP: 0.3000\n', ['-/12 bbox_mAP=0.3 val']],
  ['XGBoost', '[500]\teval-logloss:0.41906\ttrain-logloss:0.160439\n', ['500/- eval-logloss=0.41906', '500/- train-logloss=0.160439']],
  ['LightGBM', "[100]\ttraining's l2: 0.71\tvalid_1's l2: 0.77\n", ["100/- training's l2=0.71", "100/- valid_1's l2=0.77"]],
  ['LightGBM repeating its best round', "[3]\tvalid_0's l2: 0.7\nEarly stopping, best iteration is:\n[1]\tvalid_0's l2: 0.6\n", ["3/- valid_0's l2=0.7"]],
  ['Hugging Face', "{'loss': '0.69', 'learning_rate': 1e-4, 'epoch': 0.5}\n{'eval_loss': nan, 'eval_runtime': 3.0, 'epoch': 1.0}\n{'train_runtime': 9.0, 'train_loss': 0.8, 'epoch': 1.0}\n", ['-/0.5 loss=0.69 train', '-/0.5 learning_rate=0.0001', '-/1 eval_loss=NaN']],
  ['Hugging Face behind its bar', "  5%|▌ | 10/200 [00:10<00:12, 4.3it/s]{'loss': 2.1, 'learning_rate': 1e-4, 'epoch': 0.5}\n", ['10/0.5 loss=2.1 train', '10/0.5 learning_rate=0.0001']],
  ['fairseq JSON', '[2022-04-08 18:58:04,035][valid][INFO] - {"epoch": 1, "valid_loss": "6.389", "valid_num_updates": "479"}\n', ['479/1 valid_loss=6.389']],
  ['tqdm, last update of an epoch', 'Epoch 3:  50%|█ | 1/2 [00:10<00:12, 4.3it/s, loss=0.5]\rEpoch 3: 100%|██| 2/2 [00:10<00:12, 4.3it/s, loss=0.4]\n', ['-/3 loss=0.4']],
  ['tqdm over the whole run', 'steps:   1%|▋ | 41/3280 [00:50<1:06:54,  1.24s/it, avr_loss=nan]\n', ['41/- avr_loss=NaN']],
  ['Keras 2', 'Epoch 1/2\n10/20 [=====>....] - ETA: 7s - loss: 0.9\n20/20 [==========] - 3s 1ms/step - loss: 0.8 - acc: 0.5 - val_loss: 0.7\n20/20 [====] - 1s - loss: 0.75\nEpoch 2/2\n20/20 [==========] - 3s - loss: 0.6\n', ['-/1 loss=0.8', '-/1 acc=0.5', '-/1 val_loss=0.7', '-/2 loss=0.6']],
  ['Keras, verbose=2', 'Epoch 1/2\n74s - loss: 4.7e-04 - val_loss: 0.2\nEpoch 2/2\n128/128 - 5s - loss: 3.1 - 5s/epoch - 43ms/step\n', ['-/1 loss=0.00047', '-/1 val_loss=0.2', '-/2 loss=3.1']],
  ['Keras, last batch twice', 'Epoch 1/2\n5/5 ━━━━━━━━ 0s 9ms/step - loss: 0.81\n5/5 ━━━━━━━━ 1s 9ms/step - loss: 0.8 - val_loss: 0.7\n', ['-/1 loss=0.8', '-/1 val_loss=0.7']],
  ['evaluate without an epoch', '313/313 [====] - 1s - loss: 0.75\n', []],
  ['mnist test summary', 'Train Epoch: 1 [1920/60000 (3%)]\tLoss: 2.2376\nTest set: Average loss: 0.0297, Accuracy: 9903/10000 (99%)\n', ['1920/1 Loss=2.2376 train', '1920/1 Average loss=0.0297 test', '1920/1 Accuracy=0.9903 test']],
  ['validation progress and its summary', 'Epoch: [0][5/5] Loss 2.0 (2.5)\nTest: [1/3] Loss 2.0 (2.0) Acc@1 10.0 (10.0)\nTest: [2/3] Loss 2.0 (3.0) Acc@1 20.0 (20.0)\n *   Acc@1 21.0\n', ['5/0 Loss=2.5', '5/0 Loss=3 test', '5/0 Acc@1=21 test']],
  ['sections', 'Epoch 1\nloss: 0.5\n--- Validation ---\nloss: 0.6\nEpoch 2\nloss: 0.4\n', ['-/1 loss=0.5', '-/1 loss=0.6 val', '-/2 loss=0.4']],
  ['Chinese', '-----第 1 轮-----\n训练次数：100, Loss：1.98\n整体测试集上的Loss：2.5\n', ['100/- Loss=1.98', '100/- 整体测试集上的Loss=2.5']],
  ['Caffe: a setting in the printed network is no heading', '  phase: TEST\nI0703 14:45:15.380044 30876 solver.cpp:189] Iteration 40, loss = 8.6652\nI0703 14:45:15.380044 30876 solver.cpp:204]     Train net output #0: loss1/loss1 = 5.34 (* 0.3 = 1.60 loss)\nI0703 14:46:15.380044 30876 solver.cpp:294] Iteration 80, Testing net (#0)\nI0703 14:46:15.380044 30876 solver.cpp:343]     Test net output #0: loss3/top-1 = 0.236\nI0703 14:46:16.380044 30876 solver.cpp:189] Iteration 80, loss = 7.5\n', ['40/- loss=8.6652', '40/- loss1/loss1=5.34 train', '80/- loss3/top-1=0.236 test', '80/- loss=7.5']],
  ['an announced evaluation holds for what follows it', '***** Running training *****\nStep at 1 with Perplexity: 62\n***** Evaluating perplexity, Epoch 1/2 *****\nEpoch at 2 with Perplexity: 61\ncheck 3328\nStep at 3 with Perplexity: 60\n', ['-/- with Perplexity=62 train', '-/1 with Perplexity=61 val', '-/1 with Perplexity=60 train']],
  ['Keras: fit() again starts the epochs again', 'Epoch 1/2\n2/2 [====] - 1s - loss: 0.9 - val_loss: 0.8\nEpoch 2/2\n2/2 [====] - 1s - loss: 0.7 - val_loss: 0.8\n2/2 [====] - 0s - loss: 0.75\nEpoch 1/1\n2/2 [====] - 1s - loss: 0.5\nEpoch 1/1\n2/2 [====] - 1s - loss: 0.4\n', ['-/1 loss=0.9', '-/1 val_loss=0.8', '-/2 loss=0.7', '-/2 val_loss=0.8', '-/1 loss=0.5', '-/1 loss=0.4']],
  ['a framed table', '| Epoch | Train Loss | Val Loss |\n|---|---|---|\n| 1 | 0.5 | - |\n| 2 | 0.4 | 0.6 |\n', ['-/1 Train Loss=0.5', '-/2 Train Loss=0.4', '-/2 Val Loss=0.6']],
  ['an aligned table', 'epoch     train_loss  valid_loss  time\n0         2.5         2.6         00:05\n', ['-/0 train_loss=2.5', '-/0 valid_loss=2.6']],
  ['colours', '\u001b[32mepoch: 1\u001b[0m \u001b[1mloss: 0.5\u001b[0m\n', ['-/1 loss=0.5']],
  ['a hostile key', 'epoch 1 <img src=x onerror=alert(1)> val_loss: 0.5\n', ['-/1 val_loss=0.5']],
  ['PyTorch quickstart', 'Epoch 1\n-------\nloss: 2.30  [   64/60000]\nTest Error: \n Accuracy: 66.8%, Avg loss: 0.9 \n\nEpoch 2\n-------\nloss: 2.20  [   64/60000]\n', ['-/1 loss=2.3', '-/1 Accuracy=66.8 test', '-/1 Avg loss=0.9 test', '-/2 loss=2.2']],
  ['a bare split after a metric of another split', 'batch 1000 loss: 2.0\nLOSS train 0.3 valid 0.9\n', ['1000/- loss=2', '1000/- LOSS train=0.3', '1000/- loss valid=0.9']],
  ['a bare split after a bare loss', 'epoch 1 loss 0.3 val 0.9\n', ['-/1 loss=0.3', '-/1 loss val=0.9']],
  ['two splits with a slash', 'Epoch 0: Loss train/val = 2.05/2.5, train/val acc: 0.5/0.4\n', ['-/0 Loss train=2.05', '-/0 Loss val=2.5', '-/0 acc train=0.5', '-/0 acc val=0.4']],
  ['two splits with a slash, whole numbers', 'Epoch 0: Loss train/val = 3/4\n', ['-/0 Loss train=3', '-/0 Loss val=4']],
  ['two splits with a slash and one value', 'Epoch 0: Loss train/val = 3.5, acc = 0.5\n', ['-/0 acc=0.5']],
  ['a tensor that was printed whole', "epoch 0 loss tensor(2.05, device='cuda:0', grad_fn=<NllLossBackward0>) val tensor(2.5)\nepoch 1 loss: tensor(1.5)\n", ['-/0 loss=2.05', '-/0 loss val=2.5', '-/1 loss=1.5']],
  ['numbers of numpy and JAX', 'epoch 1 loss: np.float64(0.5) acc: Array(0.25, dtype=float32)\n', ['-/1 loss=0.5', '-/1 acc=0.25']],
  ['a dictionary of numbers of numpy and torch', "{'epoch': np.int64(1), 'train/loss': np.float64(0.5), 'val/loss': tensor(0.6, device='cuda:0'), 'lr': 0.001}\n", ['-/1 train/loss=0.5', '-/1 val/loss=0.6', '-/1 lr=0.001']],
  ['a sentence', 'Epoch 1 finished. The training loss is 2.05 and the validation loss is 2.5.\nEpoch 2\nThe loss is 0.5\n', ['-/1 The training loss=2.05', '-/1 the validation loss=2.5', '-/2 The loss=0.5']],
  ['what is being done, with dots', 'Epoch 1 Training... loss 0.5\n', ['-/1 Training... loss=0.5']],
  ["Lightning's checkpoints", "Epoch 0, global step 100: 'val_loss' reached 0.50000 (best 0.50000), saving model to '/x/epoch=0-step=100.ckpt' as top 1\nEpoch 1, global step 200: 'val_loss' was not in top 1\n", ['100/0 val_loss=0.5']],
  ['a split before the first metric of a line', 'Epoch 0/29\ntrain Loss: 2.0 Acc: 0.1\nval Loss: 2.5 Acc: 0.2\n', ['-/0 train Loss=2', '-/0 Acc=0.1 train', '-/0 val Loss=2.5', '-/0 Acc=0.2 val']],
  ['two splits on a line leave bare metrics alone', 'epoch 1 train_loss: 0.5 val_loss: 0.6 acc: 0.7\n', ['-/1 train_loss=0.5', '-/1 val_loss=0.6', '-/1 acc=0.7']],
  ['a metric with and without a split', 'epoch 1 val_loss: 0.5 loss: 0.4\n', ['-/1 val_loss=0.5', '-/1 loss=0.4']],
  ['AllenNLP', '2022-09-19 20:36:19,000 - INFO - allennlp.training.trainer - Epoch 0/9\n2022-09-19 20:36:19,622 - INFO - allennlp.training.tensorboard_writer -                   Training |  Validation\n2022-09-19 20:36:19,623 - INFO - allennlp.training.tensorboard_writer - loss          |     0.510  |     0.543\n2022-09-19 20:36:19,623 - INFO - allennlp.training.tensorboard_writer - reg_loss      |     0.100  |       N/A\n', ['-/0 training_loss=0.51', '-/0 validation_loss=0.543', '-/0 training_reg_loss=0.1']],
  ['stable-baselines', '---------------------------------\n| rollout/           |          |\n|    ep_rew_mean     | -213     |\n| time/              |          |\n|    total_timesteps | 2048     |\n| train/             |          |\n|    value_loss      | 12.5     |\n---------------------------------\n', ['2048/- rollout/ep_rew_mean=-213', '2048/- train/value_loss=12.5']],
  ['stable-baselines that is cut off', '------------------\n| value_loss | 1 |\nTraceback (most recent call last):\n', []],
  ['MLPerf', ':::MLPv0.5.0 resnet 1541720811.052 (/a/b.py:49) eval_accuracy: {"epoch": 2, "value": 0.25282}\n:::MLPv0.5.0 resnet 1541720812.052 (/a/b.py:49) eval_size: 50000\n:::MLLOG {"namespace": "", "time_ms": 1, "event_type": "POINT_IN_TIME", "key": "eval_accuracy", "value": 0.75, "metadata": {"epoch_num": 61}}\n:::MLLOG {"namespace"\n', ['-/2 eval_accuracy=0.25282', '-/61 eval_accuracy=0.75']],
  ['YOLO', '      Epoch    GPU_mem   box_loss   cls_loss  Instances       Size\n        1/2      1.47G       1.05      0.974         12        640:  50%|█████     | 1/2 [00:19<00:19]\r        1/2      1.47G       1.02      0.954         12        640: 100%|██████████| 2/2 [00:38<00:00]\n                 Class     Images  Instances      Box(P          R      mAP50  mAP50-95): 100%|██████████| 4/4\n                   all        128        929      0.622      0.391      0.351      0.169\n                chair        128        35      0.5      0.5      0.5      0.5\n', ['-/1 box_loss=1.02', '-/1 cls_loss=0.954', '-/1 Instances=12', '-/1 Size=640', '-/1 P=0.622 val', '-/1 R=0.391 val', '-/1 mAP50=0.351 val', '-/1 mAP50-95=0.169 val']],
  ['Darknet', 'Region 82 Avg IOU: -nan, Class: 0.5, Obj: -nan,  count: 0\n 1: 1123.449341, 1123.449341 avg, 0.000000 rate, 0.190143 seconds, 1 images\n 2: 900.5, 1118.5 avg loss, 0.001000 rate, 0.1 seconds, 2 images, 1.5 hours left\n', ['1/- loss=1123.449341 train', '1/- avg loss=1123.449341 train', '1/- rate=0', '2/- loss=900.5 train', '2/- avg loss=1118.5 train', '2/- rate=0.001']],
]; // prettier-ignore

describe('text parser', () => {
  it.each(shapes)('%s', (_, log, expected) => expect(points(text, log)).toEqual(expected));

  it.each([
    'The loss was 3 times larger than before.\n',
    'The loss is 3.5 times larger than before.\n',
    'The loss function is tensor(3)\n',
    '    val_loss = 0\n    print(f"step:{step} val_loss:{val_loss:.4f}")\n',
    'Epoch 00007: val_loss improved from 0.45 to 0.43, saving model to x.h5\n',
    'test_layers.py::test_loss PASSED 1.23s\n',
    'best_loss: 0.5, patience: 3\n',
  ])('reads nothing out of %j', (log) => expect(points(text, log)).toEqual([]));

  it('reads rows of two cells without a rule above them one by one, however wide they are', () => {
    const wide = ' '.repeat(240);
    const log = `| loss | 0.5 |\nstep 1 loss: 0.4\n----------------\n|${wide}|${wide}x\nstep 2 loss: 0.3\n----------------\n`;
    expect(points(text, log)).toEqual(['1/- loss=0.4', '2/- loss=0.3']);
  });

  it('takes no table of epochs between rules for a block of names and values', () => {
    const rule = '-'.repeat(20);
    const log = `start\n${rule}\n| epoch | loss |\n${rule}\n| 1 | 0.5 |\n| 2 | 0.4 |\n${rule}\n`;
    expect(points(text, log)).toEqual([]);
  });

  it('takes the arguments of a script for facts, and for no points', () => {
    const log =
      "Namespace(arch='resnet50', batch_size=64, epochs=90, lr=0.1, resume='', pretrained=False, note=\"a, lr=3\")\n  Num Epochs = 3\n  Total optimization steps = 1,150\nepoch 1 loss: 2\nepoch 2 loss 0.4 Namespace(x)\n";
    expect(points(text, log)).toEqual(['-/1 loss=2', '-/2 loss=0.4']);
    expect(recordText(text, log).filter((call) => call.startsWith('context'))).toEqual([
      ...['context model = resnet50', 'context batch_size = 64', 'context total_epochs = 90'],
      ...['context learning_rate = 0.1', 'context total_epochs = 3', 'context total_steps = 1150'],
    ]);
  });

  it('takes a list of arguments with switches among them for facts, and for no points', () => {
    const log =
      'engine/trainer: amp=True, batch=8, box=7.5, cfg=None, epochs=100, iou=0.7, lr0=0.01, model=yolo11s.pt, rect=False, workers=0\nhyperparameters: lr0=0.01, momentum=0.937, iou_t=0.2, dropout=0.0\nepoch 1 loss: 2\nepoch 2 loss: 0.4\n';
    expect(points(text, log)).toEqual(['-/1 loss=2', '-/2 loss=0.4']);
    expect(recordText(text, log).filter((call) => call.startsWith('context'))).toEqual([
      ...['context batch_size = 8', 'context total_epochs = 100', 'context learning_rate = 0.01'],
      ...['context model = yolo11s.pt', 'context learning_rate = 0.01', 'context dropout = 0'],
    ]);
  });

  it('takes no name of a nested group of arguments for the value of a setting', () => {
    const log =
      'Config(model=ModelConfig(d_model=768, bias=None), optimizer=OptimizerConfig(lr=0.0003, eps=None), fused=False)\nepoch 1 loss: 2\nepoch 2 loss: 0.4\n';
    expect(recordText(text, log).filter((call) => call.startsWith('context'))).toEqual([
      'context learning_rate = 0.0003',
    ]);
  });

  it('counts no steps by a bar that was over before the training began', () => {
    const [loading, training] = [
      '100%|████| 7/7 [00:00<00:00, 1809.34it/s]',
      '50%|██  | 5/10 [00:01<00:01, 5it/s]',
    ];
    const line = (epoch: number): string => `{'loss': 0.5, 'learning_rate': 0.1, 'epoch': ${epoch}}`;
    const stale = [loading, line(0.1), line(0.2)].join('\n');
    expect(points(text, `${stale}\n`).filter((point) => point.includes('loss'))).toEqual([
      '-/0.1 loss=0.5 train',
      '-/0.2 loss=0.5 train',
    ]);
    const own = [training, line(0.5), training.replace('50%', '100%').replace('5/10', '10/10'), line(1)];
    expect(points(text, `${own.join('\n')}\n`).filter((point) => point.includes('loss'))).toEqual([
      '5/0.5 loss=0.5 train',
      '10/1 loss=0.5 train',
    ]);
  });

  it('tells the number of epochs once', () => {
    expect(
      recordText(text, 'Epoch 1/3 loss: 1\nEpoch 2/3 loss: 1\n').filter((call) => call.startsWith('context')),
    ).toEqual(['context total_epochs = 3']);
  });

  it.each([
    [
      'Traceback (most recent call last):\n  File "a.py", line 1\n    x()\nValueError: no\n',
      'ended crashed at 4: ValueError: no',
    ],
    [
      'epoch 1 loss: 2\ntorch.cuda.OutOfMemoryError: CUDA out of memory.\n',
      'ended crashed at 2: torch.cuda.OutOfMemoryError: CUDA out of memory.',
    ],
    ['epoch 1 loss: 2\nKilled\n', 'ended crashed at 2: Killed'],
    [
      'epoch 1 loss: 2\nTraceback (most recent call last):\n  File',
      'ended crashed at 2: Traceback (most recent call last):',
    ],
    ['epoch 1 loss: 2\nTraining complete in 3m 2s\n', 'ended finished at 2: Training complete in 3m 2s'],
    ['epoch 1 loss: 2\nEpoch 00001: early stopping\n', 'ended finished at 2: Epoch 00001: early stopping'],
  ])('reports the end: %j', (log, ending) => expect(recordText(text, log).at(-1)).toBe(ending));

  it('does not call it an end when the training goes on', () => {
    expect(
      recordText(text, 'Training done\nepoch 1 loss: 2\n').some((call) => call.startsWith('ended')),
    ).toBe(false);
    expect(recordText(text, 'EarlyStopping counter: 3 out of 10\n')).toEqual([]);
  });
});

describe('text recognition', () => {
  const confidence = (log: string | Uint8Array): number =>
    text.recognise(sampleOf('train.log', typeof log === 'string' ? Buffer.from(log) : log)).confidence;

  it('wants a metric twice, at rising positions', () => {
    expect(confidence('epoch 1 loss: 0.5\nepoch 2 loss: 0.4\n')).toBeGreaterThan(0.5);
    expect(confidence('epoch 1 loss: 0.5\n')).toBe(0);
    expect(confidence('score: 1\nscore: 2\nscore: 3\nscore: 4\n')).toBe(0);
    expect(confidence('loss: 1\nloss: 2\nloss: 3\n')).toBe(0.5);
  });

  it.each([
    ['a log whose loss is gone', ' iteration 5/ 10 | learning rate: 3E-04 | grad norm: nan |\n iteration 6/ 10 | learning rate: 3E-04 | grad norm: nan |\n iteration 7/ 10 | learning rate: 3E-04 | grad norm: nan |\n', true],
    ['both losses of the first epoch', '13:28: Epoch 0\n13:30: train_loss 0.26\n13:30: val_loss 0.05\n', true],
    ['both losses of no epoch', 'train_loss 0.26\nval_loss 0.05\n', false],
    ['one loss of the first epoch', 'Epoch 0\ntrain_loss 0.26\n', false],
    ['the first table of an agent', '--------------\n| ep_rewmean | nan |\n| explained_variance | 0.1 |\n| total_timesteps | 24960 |\n| value_loss | 63.7 |\n--------------\n', true],
    ['CatBoost', [0, 1, 2, 3].map((i) => `${i}:\tlearn: 0.${9 - i}\ttotal: 50ms\tremaining: 5s\n`).join(''), true],
    ['a learning rate without a step', 'lr: 0.1\nlr: 0.2\nlr: 0.3\n', false],
  ])('says of %s whether it is a log', (_what, log, isLog) => {
    expect(text.recognise(sampleOf('x.log', Buffer.from(log))).confidence > 0).toBe(isLog);
  }); // prettier-ignore

  it('looks at both ends of the file', () => {
    expect(
      confidence(`${'import torch\n'.repeat(30_000)}step:1 val_loss:2.5\nstep:2 val_loss:2.4\n`),
    ).toBeGreaterThan(0.5);
  });

  it.each([
    ['a JSON array', '[{"epoch": 0, "loss": 1.0},\n {"epoch": 1, "loss": 0.5},\n {"epoch": 2, "loss": NaN}]\n'],
    ['a JSON object over many lines', `{\n${[1, 2, 3].map((epoch) => `"run ${epoch}": "epoch ${epoch} loss: 0.${epoch}"`).join(',\n')}\n}\n`],
    ['a JSON document longer than the sample', `[\n${'{"epoch": 1, "loss": 1.5},\n{"epoch": 2, "loss": 1.4},\n'.repeat(8000)}{"a": 0}]`],
    ['a table of prose', `file\tkind\tnote\n${[1, 2, 3, 4, 5].map((epoch) => `a.log\ttext\tepoch ${epoch} loss: 0.${epoch}`).join('\n')}\n`],
    ['pytest', [1, 2, 3, 4].map((n) => `tests/test_${n}.py::test_loss PASSED [${n}%] error: ${n / 2} accuracy: 1.0\n`).join('')],
    ['a service', [1, 2, 3, 4].map((n) => `ts=2024-01-01T00:00:0${n}Z level=info msg="gc done" loss=${n % 3} packet_loss: 0.${n}\n`).join('')],
    ['a number that never changes', 'accuracy: 1.0\n'.repeat(30)],
  ])('refuses %s', (_, log) => expect(confidence(log)).toBe(0)); // prettier-ignore

  it('reads a log below a JSON document, and one whose lines begin with a bracket', () => {
    expect(confidence('{\n  "lr": 0.1\n}\nepoch 1 loss: 0.5\nepoch 2 loss: 0.4\n')).toBeGreaterThan(0.5);
    expect(confidence('[1/3] loss: 0.5\n[2/3] loss: 0.4\n[3/3] loss: 0.3\n')).toBeGreaterThanOrEqual(0.5);
  });

  it('reads past a number that is nothing but white space', () => {
    const line = `{'loss': 0.5, 'x': tensor(${' '.repeat(10_000)}(, 'y': tensor( 0.25 ), 'epoch': 1}\n`;
    expect(points(text, line).filter((point) => !point.includes(' x='))).toEqual([
      '-/1 loss=0.5',
      '-/1 y=0.25',
    ]);
  });

  it('refuses binary junk', () => {
    expect(confidence(Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256))).toBe(0);
  });
});
