import { hf, hfFlags, megatron, type RuleCases } from './ruleCases';

const bert = (lines: string): string => `{"architectures": ["BertModel"], "model_type": "bert", ${lines}}`;

export const dropout: readonly RuleCases[] = [
  {
    code: 'FC303',
    bad: [
      { path: 'a.yaml', text: hf('dropout: 1.5'), severity: 'error', fixed: hf('dropout: 0.1') },
      {
        path: 'a.sh',
        text: hfFlags('--hidden_dropout_prob 0.9'),
        severity: 'warning',
        fixed: hfFlags('--hidden_dropout_prob 0.1'),
      },
      {
        path: 'config.json',
        text: bert('"hidden_dropout_prob": 0.6'),
        severity: 'info',
        fixed: bert('"hidden_dropout_prob": 0.1'),
      },
      {
        path: 'a.sh',
        text: 'python main.py --drop_path 0.95 --smoothing 0.1 --aa rand\n',
        severity: 'info',
        fixed: 'python main.py --drop_path 0.1 --smoothing 0.1 --aa rand\n',
      },
      {
        path: 'a.sh',
        text: 'python main.py --drop_path 1.0 --smoothing 0.1 --aa rand\n',
        severity: 'error',
        fixed: 'python main.py --drop_path 0.1 --smoothing 0.1 --aa rand\n',
      },
    ],
    good: [
      { path: 'a.yaml', text: hf('dropout: 0.5') },
      { path: 'a.sh', text: 'python main.py --drop_path 0.5 --smoothing 0.1 --aa rand\n' },
    ],
    guards: [
      {
        why: 'a list by steps',
        path: 'a.yaml',
        text: 'train_steps: 9\nsave_model: m\naccum_count: 1\ndropout: [0.1]\n',
      },
      { why: 'none', path: 'config.json', text: bert('"classifier_dropout": null') },
      {
        why: 'a reference',
        path: 'a.yaml',
        text: 'number_of_epochs: 3\nlr: 1\nm: !new:speechbrain.nnet.RNN\n  dropout: !ref <p>\n',
      },
    ],
  },
  {
    code: 'FC304',
    bad: [
      {
        path: 'a.sh',
        text: megatron('--hidden-dropout 0.1'),
        severity: 'info',
        fixed: megatron('--hidden-dropout 0.0'),
      },
      {
        path: 'a.yml',
        text: 'pipe_parallel_size: 1\nattention_dropout: 0.1\n',
        severity: 'info',
        fixed: 'pipe_parallel_size: 1\nattention_dropout: 0.0\n',
      },
    ],
    good: [{ path: 'a.sh', text: megatron('--hidden-dropout 0') }],
    guards: [
      { why: 'a masked model', path: 'a.sh', text: megatron('--hidden-dropout 0.1', 'pretrain_bert.py') },
      {
        why: 'a small text, often',
        path: 'config/a.py',
        text: "out_dir = 'o'\nmax_iters = 5000\nblock_size = 256\ndropout = 0.2\n",
      },
      {
        why: 'a fine-tuning',
        path: 'a.yaml',
        text: 'stage: sft\nfinetuning_type: lora\nlora_dropout: 0.05\nlearning_rate: 1e-4\n',
      },
    ],
  },
  {
    code: 'FC305',
    bad: [
      {
        path: 'config.json',
        text: bert('"hidden_dropout_prob": 0.0'),
        severity: 'hint',
        fixed: bert('"hidden_dropout_prob": 0.1'),
      },
    ],
    good: [{ path: 'config.json', text: bert('"hidden_dropout_prob": 0.1') }],
    guards: [
      {
        why: 'the LLaMA family has none',
        path: 'config.json',
        text: '{"architectures": ["LlamaForCausalLM"], "model_type": "llama", "attention_dropout": 0.0}',
      },
      { why: 'of the head', path: 'config.json', text: bert('"classifier_dropout": 0.0') },
    ],
  },
  {
    code: 'FC310',
    bad: [
      {
        path: 'a.sh',
        text: './train.sh --drop-connect 0.2 --aa v0 --remode pixel\n',
        severity: 'hint',
        fixed: null,
      },
      { path: 'args.yaml', text: 'aa: v0\nreprob: 0.2\ndrop_connect: 0.2\n', severity: 'hint', fixed: null },
    ],
    good: [{ path: 'args.yaml', text: 'aa: v0\nreprob: 0.2\ndrop_path: 0.2\n' }],
    guards: [{ why: 'not set', path: 'args.yaml', text: 'aa: v0\nreprob: 0.2\ndrop_connect: null\n' }],
  },
  {
    code: 'FC915',
    bad: [
      {
        path: 'a.yaml',
        text: 'base_model: m\nadapter: lora\nlora_dropout: 0.3\n',
        severity: 'hint',
        fixed: 'base_model: m\nadapter: lora\nlora_dropout: 0.1\n',
      },
      {
        path: 'a.toml',
        text: '[network]\nnetwork_dim = 8\nnetwork_dropout = 0.25\n',
        severity: 'hint',
        fixed: '[network]\nnetwork_dim = 8\nnetwork_dropout = 0.1\n',
      },
    ],
    good: [{ path: 'a.yaml', text: 'base_model: m\nadapter: lora\nlora_dropout: 0.05\n' }],
    guards: [
      { why: 'FC303 speaks', path: 'a.yaml', text: 'base_model: m\nadapter: lora\nlora_dropout: 0.6\n' },
      {
        why: 'usual in every framework',
        path: 'a.yaml',
        text: 'base_model: m\nadapter: lora\nlora_dropout: 0.0\n',
      },
    ],
  },
];
