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
  ['the first of several processes', '3: TRAIN [0][0/20]\tLoss 1.0\n0: TRAIN [0][0/20]\tLoss 1.1\n0: TRAIN [0][10/20]\tLoss 0.9\n3: TRAIN [0][10/20]\tLoss 0.8\n0: Summary: Epoch: 0\tTest BLEU 18.5\tTraining Loss 4.2\n3: Summary: Epoch: 0\tTraining Loss 4.3\n', ['0/0 Loss=1 train', '10/0 Loss=0.8 train', '10/0 Test BLEU=18.5', '10/0 Training Loss=4.2']],
  ['a process that is named by its rank', '[rank1]:step: 1  loss: 5.0\n[rank0]:step: 1  loss: 5.5\n[rank1]:step: 2  loss: 4.0\n[rank0]:step: 2  loss: 4.5  grad_norm: 1.0\n', ['1/- loss=5', '2/- loss=4', '2/- grad_norm=1']],
  ['a number before a line that is its step', '10: epoch 1 loss 0.5\n20: epoch 1 loss 0.4\n30: epoch 2 batch 1 loss 0.3\n40: epoch 2 batch 2 loss 0.2\n', ['-/1 loss=0.5', '-/1 loss=0.4', '1/2 loss=0.3', '2/2 loss=0.2']],
  ['the mean of an epoch by the name of its batches', 'Epoch 1/3 | Step 1/2 | Accuracy: 21.0%\nEpoch 1/3 | Step 2/2 | Accuracy: 25.0%\nEpoch 1 Complete - Accuracy: 23.0%\nEpoch 2/3 | Step 1/2 | Accuracy: 31.0%\n', ['1/1 Accuracy=21', '2/1 Accuracy=25', '2/1 Accuracy_epoch=23', '3/2 Accuracy=31']],
  ['a mean of the epoch in a block of its own', '[train] epoch: 1/2, iteration: 70/71, total loss: 1.5\n[train] epoch: 1/2\n - total loss: 1.4\n[val] epoch: 1/2\n - total loss: 1.6\n', ['70/1 total loss=1.5 train', '70/1 total loss_epoch=1.4 train', '70/1 total loss=1.6 val']],
  ['fairseq: the epoch after its updates', "a | INFO | train_inner | epoch 001:      1 / 50 loss=16.2, num_updates=1\na | INFO | train_inner | epoch 001:     10 / 50 loss=9.3, num_updates=10\na | INFO | valid | epoch 001 | valid on 'valid' subset | loss 9.1 | num_updates 10\na | INFO | train | epoch 001 | loss 11.8 | num_updates 10\n", ['1/1 loss=16.2 train', '10/1 loss=9.3 train', '10/1 loss=9.1 val', '10/1 loss_epoch=11.8 train']],
  ['a step of the whole run among batches of an epoch', 'Epoch: [0][0/391] Loss 3\niter 391 | val_acc 10.9\nEpoch: [1][0/391] Loss 2\niter 782 | val_acc 11.9\nEpoch: [2][0/391] Loss 1\n', ['0/0 Loss=3', '391/0 val_acc=10.9', '391/1 Loss=2', '782/1 val_acc=11.9', '782/2 Loss=1']],
]; // prettier-ignore

describe('text parser: what particular programs print', () => {
  it.each(shapes)('reads %s', (_what, log, expected) => {
    expect(points(text, log)).toEqual(expected);
  });
});
