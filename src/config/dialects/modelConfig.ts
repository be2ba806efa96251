import type { Dialect } from './dialect';

/** The `config.json` of a pretrained model: what its layers are, no training settings. */
export const modelConfig: Dialect = {
  id: 'hf-model',
  title: 'Hugging Face model config',
  source: 'transformers model configurations',
  syntaxes: ['json'],
  sure: ['architectures', 'architectures.*', 'transformers_version'],
  clues: ['model_type', 'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'vocab_size'],
  never: ['**.per_device_train_batch_size', '**.learning_rate'],
  keys: {
    hidden_dropout_prob: 'dropout',
    attention_probs_dropout_prob: 'dropout',
    attention_dropout: 'dropout',
    hidden_dropout: 'dropout',
    activation_dropout: 'dropout',
    resid_pdrop: 'dropout',
    embd_pdrop: 'dropout',
    attn_pdrop: 'dropout',
    classifier_dropout: 'dropout',
    dropout_rate: 'dropout',
    dropout: 'dropout',
    layerdrop: 'layer-drop',
    drop_path_rate: 'drop-path',
  },
};
