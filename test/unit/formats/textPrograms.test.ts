import { describe, expect, it } from 'vitest';
import { text } from '../../../src/formats/text';
import { points } from './recording';

/** what, log, points: logs in the grammar of programs that print more than metrics, or print them their own way */
const shapes: readonly (readonly [string, string, readonly string[]])[] = [
  ['a tree in a config that is printed out is no heading', 'Epoch 1\n├── test\nloss: 0.5\n', ['-/1 loss=0.5']],
  ['settings of an optimizer are no learning rate', "optimizer = dict(type='SGD', lr=0.02, momentum=0.9)\noptimizer: Adam(lr=0.001) with parameter groups\n        pos_iou_thr=0.7,\nEpoch [3][50/100]\tlr: 2.000e-02, loss: 0.7\n", ['50/3 lr=0.02', '50/3 loss=0.7']],
  ['a learning rate before the first epoch is a setting, after it a point', 'learning rate: 0.1\nEpoch 0\nCurrent learning rate: 0.01\nloss: 0.5\n', ['-/0 Current learning rate=0.01', '-/0 loss=0.5']],
  ['a config that is printed as a dictionary', "cfg: {'loss_weights': 0.1, 'lr': 0.5, 'fp16': False, 'seed': None, 'model': {'acc': 1}, 'cpu': True}\nepoch 1 loss: 0.5\n", ['-/1 loss=0.5']],
  ['a heading before the first epoch does not reach into it', 'train: weights=a.pt, data=b.yaml\n      Epoch    GPU_mem   box_loss   obj_loss  Instances       Size\n        0/2      3.91G    0.04618    0.07209        232        640: 100% 8/8 [00:09<00:00]\n        1/2      4.76G    0.04622    0.06891        201        640: 100% 8/8 [00:02<00:00]\n', ['-/0 box_loss=0.04618', '-/0 obj_loss=0.07209', '-/0 Instances=232', '-/0 Size=640', '-/1 box_loss=0.04622', '-/1 obj_loss=0.06891', '-/1 Instances=201', '-/1 Size=640']],
  ['a running mean that has not begun', '0: TRAIN [0][0/20]\tTok/s 2471 (0)\tLoss/tok 10.3 (0.0000)\n0: TRAIN [0][10/20]\tTok/s 2471 (0)\tLoss/tok 9.3 (9.5)\n', ['0/0 Loss/tok=10.3 train', '10/0 Loss/tok=9.5 train']],
  ['the change since the last epoch is no running mean', 'STEP: 24/36 -- GLOBAL_STEP: 1000025\n     | > avg_loss_1: 23.45 (+0.03)\n     | > avg_loss_kl: 2.72 (-0.36)\n     | > avg_dur_loss: 1.5 (0.2)\n     | > loss_d: -0.7 (-0.5)\n', ['1000025/- avg_loss_1=23.45', '1000025/- avg_loss_kl=2.72', '1000025/- avg_dur_loss=1.5', '1000025/- loss_d=-0.5']],
  ['epoch, share of the epochs, batch', 'Train:    1/3 ( 33%) [   0/323 (  0%)]  Loss: 516.7 (517.)\nTrain:    1/3 ( 33%) [  49/323 ( 15%)]  Loss: 36.7 (81.)\n', ['0/1 Loss=517 train', '49/1 Loss=81 train']],
  ['a share of the epoch in brackets', 'Epoch 1 complete [0%]     Loss: 3.7\nEpoch 1 complete [10%]    Loss: 2.8\nEpoch 2 complete [0%]     Loss: 2.5\n', ['0/1 Loss=3.7', '10/1 Loss=2.8', '10/2 Loss=2.5']],
  ['LightGBM on Kaggle', "131.7s | 202 | [365]\tvalid_0's auc: 0.61\n-- | -- | --\n131.7s | 203 | [366]\tvalid_0's auc: 0.62\n", ["365/- valid_0's auc=0.61", "366/- valid_0's auc=0.62"]],
  ['a word that only means an error rate at the end', 'epoch 1 steps_per_print: 10 test_per: 0.25\n', ['-/1 test_per=0.25']],
]; // prettier-ignore

describe('text parser: what particular programs print', () => {
  it.each(shapes)('reads %s', (_what, log, expected) => {
    expect(points(text, log)).toEqual(expected);
  });
});
