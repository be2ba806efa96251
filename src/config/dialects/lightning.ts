import type { Dialect } from './dialect';

const stopping = /EarlyStopping$/;
const watching = /(EarlyStopping|ModelCheckpoint)$/;

/** LightningCLI files and Hydra projects around a Lightning Trainer. */
export const lightning: Dialect = {
  id: 'lightning',
  title: 'Lightning',
  source: 'lightning.pytorch Trainer, callbacks and LightningCLI; lightning-hydra-template',
  syntaxes: ['yaml', 'shell'],
  sure: [
    'trainer.max_epochs',
    'trainer.gradient_clip_val',
    'trainer.accumulate_grad_batches',
    { key: '_target_', value: /(^|\.)lightning\..*Trainer$|pytorch_lightning.*Trainer$/ },
    {
      key: '**._target_',
      value: /(^|\.)(pytorch_lightning|lightning(\.pytorch)?)\.(callbacks|Trainer|trainer)\b/,
    },
    { key: '**.class_path', value: /(^|\.)(pytorch_lightning|lightning(\.pytorch)?)\./ },
  ],
  clues: ['**.class_path', '**.init_args.*', 'seed_everything', 'trainer.*'],
  never: ['exp_manager.*', 'train.lr_warmup_steps', 'train.micro_batch_size'],
  modelTrains: true,
  keys: {
    '**.gradient_clip_val': 'clip-norm',
    '**.gradient_clip_algorithm': { is: 'clip-algorithm', default: 'norm', values: ['norm', 'value'] },
    '**.strategy': 'strategy',
    '**.accumulate_grad_batches': { is: 'accumulation', default: 1 },
    '**.sync_batchnorm': { is: 'sync-norm', default: false },
    '**.max_epochs': 'epochs',
    '**.max_steps': { is: 'steps', default: -1 },
    '**.label_smoothing': 'label-smoothing',
    '**.weight_decay': 'weight-decay',
    '**.lr': 'learning-rate',
    '**.learning_rate': 'learning-rate',
    '**.patience': { is: 'patience', of: stopping },
    '**.early_stopping.patience': 'patience',
    '**.monitor': { is: 'monitor', of: watching },
    '**.early_stopping.monitor': 'monitor',
    '**.model_checkpoint.monitor': { is: 'monitor', unrated: true },
    '**.mode': { is: 'monitor-mode', of: watching, values: ['min', 'max'] },
    '**.early_stopping.mode': 'monitor-mode',
    '**.model_checkpoint.mode': 'monitor-mode',
    '**.decay': { is: 'ema-decay', of: /(EMAWeightAveraging|ModelEma|EMACallback|EMA)$/ },
    '**.batch_size': 'batch-size',
    '**.dropout': 'dropout',
    '**.dropout_rate': 'dropout',
    '**.drop_rate': 'dropout',
    '**.drop_path_rate': 'drop-path',
    '**.warmup_steps': 'warmup-steps',
    '**.warmup_epochs': 'warmup-epochs',
    '**.default_root_dir': 'output-dir',
  },
};
