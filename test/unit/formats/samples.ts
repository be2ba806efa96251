import { readFileSync } from 'node:fs';
import { event, simpleValue, versionRecord } from './eventFile';
import { config, exit, history, output, runRecord, wandbFile } from './wandbFile';

/** Small logs in the shapes that real tools write, by format id. Shared by the golden and the property tests. */
export const samples: Readonly<Record<string, readonly Uint8Array[]>> = {
  csv: [
    Buffer.from(
      'epoch,accuracy,loss,val_loss\r\n0,0.5,0.9,1.1\r\n1,0.6,NA,1.0\r\n2,0.7,nan,"0.9"\r\n0,0.5,0.8,1.2',
    ),
    Buffer.from('val_loss,loss\r\r\n0.9,0.8\r\r\n0.8,0.7\r\r\n'),
    Buffer.from('"Step","run é - lm_loss","run é - lm_loss__MIN"\n"4","12.1","12.0"\n"52","9.4","9.3"\n"5'),
    Buffer.from('\ufeffn;loss\n1;0.5\n2;0.4\n\n3;0.3;9\n4;0.2\n', 'utf16le'),
  ],
  jsonl: [
    Buffer.from(
      '{"mode": "train", "epoch": 1, "iter": 50, "loss": 2.6}\n{"mode": "train", "epoch": 1, "iter": 100, "loss": NaN}\n' +
        '{"mode": "val", "epoch": 1, "iter": 14659, "bbox_mAP": "0.2"}\n{"mode": "train", "epoch": 2, "iter": 50, "loss": 1.9}\n',
    ),
    Buffer.from(
      '<<<<<<< HEAD\r\n{"global_step/max_steps": "10/438", "träin": {"loss": 1.5}}\r\n{"broken": \r\n{"step": 2, "loss": 1',
    ),
  ],
  'monitor-csv': [
    Buffer.from('#{"t_start": 1700000000.5, "env_id": "x"}\nr,l,t\n10.0,12,0.5\n-3.5,20,1.0,7\nx\n1.5,3,2.0'),
  ],
  kaldi: [
    Buffer.from(
      '# tool exp/7.mdl\nLOG (tool[5.5]:main():tool.cc:115) Overall avg like per frame = -92.5 over 4 frames.\n# Ended\nLOG (tool[5.5]:main():tool.cc:1) Overall nothing',
    ),
  ],
  'hf-trainer-state': [
    Buffer.from(
      '{\n "epoch": 1.0,\n "global_step": 4,\n "log_history": [\n  {"epoch": 0.5, "loss": 2.5, "learning_rate": 1e-4, "step": 2},\n' +
        '  {"epoch": 1.0, "eval_löss": NaN, "eval_loss": 1.5, "eval_runtime": 3.2, "note": "a } ] \\" b", "step": 4},\n' +
        '  {"epoch": 1.0, "step": 4, "train_loss": 2.2, "train_runtime": 9.0}\n ],\n "max_steps": 4,\n "num_train_epochs": 1\n}\n',
    ),
  ],
  'json-history': [
    Buffer.from(
      '\n{"history": {"loss": [1.5, NaN, 1e-3], "träin \\" ]": "}", "val_loss": [2, null, "inf"]}, "epoch": [0, 1, 2]}\n',
    ),
    Buffer.from('[{"epoch": 1, "train": {"loss": 2}},\n {"epoch": 2, "train": {"loss": 1}}]'),
  ],
  allennlp: [Buffer.from('{"epoch": 3, "training_loss": 0.5, "validation_loss": NaN}')],
  tfevents: [
    Buffer.concat([
      versionRecord(),
      event(0, 1.6e9, simpleValue('loss/train', 2.5)),
      event(10, 1.6e9 + 5, simpleValue('loss/train', Number.NaN)),
      event(20, 1.6e9 + 9, simpleValue('loss/train', 1.5)).subarray(0, 30),
    ]),
  ],
  wandb: [
    wandbFile(
      runRecord('shakespeare', 'lively-sun-1', { lr: 0.001, model: { depth: 3 } }),
      history({ iter: 0, 'train/loss': 6.1, _timestamp: 1.7e9, _step: 0 }, 0),
      output('step 0: train loss 6.1\n'),
      config({ dropout: 0.2 }),
      history({ 'train/loss': Number.NaN, 'val/loss': 2.5 }, 1, true),
      exit(1),
    ),
  ],
  mlflow: [
    Buffer.from(
      '1628697800123 3.5 0\n1628697801123 nan 0\r\nspoilt\n1628697802123 1e-3 20 mnist ab12\n1628697803',
    ),
  ],
  'mlflow-db': [readFileSync(new URL('../../fixtures/mlflow/growing.db', import.meta.url))],
  text: [
    Buffer.from(
      'step 0: train loss 4.1, val loss 4.2\niter 0: loss 4.0, time 20.11ms, mfu -100.00%\nstep 250: train loss 1.9, val loss nan\n',
    ),
    Buffer.from(
      'Epoch 0/9\na - loss writer -      Training |  Validation\na - b - loss   |   0.5 | N/A\n--------------------\n| rollout/ |   |\n|  ep_rew_mean | -2 |\n| time/ | |\n|  total_timesteps | 20 |\n--------------------\n' +
        ':::MLPv0.5.0 resnet 1.05 (/a/b.py:49) eval_accuracy: {"epoch": 2, "value": 0.25}\n 1: 11.5, 11.5 avg, 0.001 rate, 0.1 seconds, 1 images\n',
    ),
    Buffer.from(
      '   Epoch    GPU_mem   box_loss   cls_loss  Instances\n   1/2   1.4G   1.05   0.97   12:  50%|███  | 1/2 [0:1<0:1]\r   1/2   1.4G   1.02   0.95   12: 100%|██| 2/2 [0:1<0:0]\n' +
        '    Class   Images  Instances   Box(P     R   mAP50  mAP50-95): 100%|██| 4/4\n    all   128   929   0.6   0.3   0.3   0.1\n',
    ),
    Buffer.from(
      'Epoch 1/2\n\u001b[1m1/2\u001b[0m \u001b[32m━━━━━━━━━━\u001b[0m \u001b[1m1s\u001b[0m 1s/step - loss: 0.9\b\b\b\b\b\b\r' +
        '\u001b[1m2/2\u001b[0m \u001b[32m━━━━━━━━━━\u001b[0m \u001b[1m2s\u001b[0m 1s/step - loss: 0.8\b\b\b\r' +
        '\u001b[1m2/2\u001b[0m \u001b[32m━━━━━━━━━━\u001b[0m \u001b[1m2s\u001b[0m 1s/step - loss: 0.8 - val_loss: 0.7\nEpoch 2/2\n',
    ),
    Buffer.from(
      "  5%|▌ | 10/200 [00:10<00:12, 4.3it/s]{'loss': 2.1, 'learning_rate': 1e-4, 'epoch': 0.5}\r\n{'eval_loss': nan, 'epoch': 1.0}\r\n" +
        'Epoch 3:  50%|█ | 1/2 [00:10<00:12, 4.3it/s, loss=0.5]\rEpoch 3: 100%|██| 2/2 [00:10<00:12, 4.3it/s, loss=0.4]\n' +
        'Traceback (most recent call last):\n  File "x.py"\nRuntimeError: CUDA out of memory\n',
    ),
    Buffer.concat([
      Buffer.from('caf'),
      Buffer.from([0xe9, 0x0a, 0x00, 0x00]),
      Buffer.from('epoch 1 loss: 0.5\nepoch 2 loss: 0.4'),
    ]),
  ],
};
