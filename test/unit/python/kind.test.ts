import { describe, expect, it } from 'vitest';
import { kindOfSource } from '../../../src/python/kind';
import type { TrainingKind } from '../../../src/remedies/remedy';

const torch = 'import torch\nfrom torch import nn\n';
const trained = '\noptimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)\n';
const module = (name: string, ...lines: string[]): string =>
  `class ${name}(nn.Module):\n    def __init__(self):\n        super().__init__()\n${lines.map((one) => `        ${one}\n`).join('')}`;

describe('the kind of training that a script is', () => {
  it.each<[string, TrainingKind | null, string]>([
    ['a GPT', 'llm-pretraining', `${torch}${module('GPT', 'self.head = nn.Linear(8, 50257)')}model = GPT()`],
    [
      'a language model from a config',
      'llm-pretraining',
      `${torch}from transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_config(config)`,
    ],
    [
      'a language model that goes on from given weights',
      'fine-tuning',
      `${torch}from transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_pretrained("gpt2")`,
    ],
    [
      'adapters',
      'fine-tuning',
      `${torch}from peft import LoraConfig, get_peft_model\nmodel = get_peft_model(base, cfg)`,
    ],
    [
      'given weights of timm',
      'fine-tuning',
      `${torch}import timm\nmodel = timm.create_model("resnet50", pretrained=True)`,
    ],
    [
      'given weights of torchvision',
      'fine-tuning',
      `${torch}import torchvision\nmodel = torchvision.models.resnet18(weights="DEFAULT")`,
    ],
    [
      'timm ViT',
      'vision-transformer',
      `${torch}import timm\nmodel = timm.create_model("vit_small_patch16_224", pretrained=False)`,
    ],
    [
      'a ViT by its parts',
      'vision-transformer',
      `${torch}${module('PatchEmbed', 'self.proj = nn.Conv2d(3, 64, 16, 16)')}model = PatchEmbed()`,
    ],
    [
      'a CNN',
      'vision-cnn',
      `${torch}model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 2))`,
    ],
    [
      'a ResNet from nothing',
      'vision-cnn',
      `${torch}import torchvision\nmodel = torchvision.models.resnet18(weights=None)`,
    ],
    ['an LSTM', 'recurrent', `${torch}model = nn.LSTM(8, 16)`],
    [
      'a language model of LSTMs',
      'recurrent',
      `${torch}${module('LanguageModel', 'self.rnn = nn.LSTM(8, 16)')}model = LanguageModel()`,
    ],
    [
      'a GAN',
      'gan',
      `${torch}netG = nn.Sequential(nn.ConvTranspose2d(8, 3, 4))\nnetD = nn.Sequential(nn.Conv2d(3, 1, 4))\noptimizerD = torch.optim.Adam(netD.parameters())\noptimizerG = torch.optim.Adam(netG.parameters())\nmodel = netG`,
    ],
    [
      'diffusers',
      'diffusion',
      `${torch}from diffusers import UNet2DModel, DDPMScheduler\nmodel = UNet2DModel()`,
    ],
    [
      'diffusion by hand',
      'diffusion',
      `${torch}betas = torch.linspace(1e-4, 0.02, 1000)\nalphas_cumprod = torch.cumprod(1 - betas, 0)\nmodel = nn.Conv2d(3, 3, 3)`,
    ],
    [
      'an agent',
      'reinforcement',
      `${torch}import gymnasium as gym\nenv = gym.make("CartPole-v1")\nmodel = nn.Linear(4, 2)`,
    ],
    [
      'a table',
      'tabular',
      `${torch}import pandas as pd\nframe = pd.read_csv("adult.csv")\nmodel = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 2))`,
    ],
    [
      'a table of file names of images',
      null,
      `${torch}import pandas as pd\nfrom PIL import Image\nframe = pd.read_csv("labels.csv")\nmodel = nn.Linear(8, 2)`,
    ],
    [
      'a language model from nothing or from given weights, as the user says',
      null,
      `${torch}from model import GPT\nmodel = GPT(config) if init == "scratch" else GPT.from_pretrained(init)`,
    ],
    ['a small network', null, `${torch}model = nn.Linear(8, 2)`],
    [
      'a translation model, which profits from dropout',
      null,
      `${torch}model = nn.Transformer(512)\nloss = f(out.view(-1, tgt_vocab))`,
    ],
    [
      'a student whose teacher has given weights',
      'vision-cnn',
      `${torch}import torchvision\nteacher = torchvision.models.resnet50(weights="DEFAULT")\nmodel = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(8, 2))`,
    ],
    [
      'betas of Adam and a word of noise',
      'vision-cnn',
      `${torch}betas = (0.9, 0.99)\nx = add_noise(x)\nmodel = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(8, 2))`,
    ],
    [
      'only a tokenizer is given',
      null,
      `${torch}from transformers import AutoTokenizer\ntokens = AutoTokenizer.from_pretrained("gpt2")\nmodel = nn.Linear(8, 2)`,
    ],
  ])('%s: %s', async (_name, kind, source) => expect(await kindOfSource(source + trained)).toBe(kind));

  it('says nothing of code that trains nothing, or that can not be read', async () => {
    expect(await kindOfSource(`${torch}model = nn.LSTM(8, 16)\nprint(model)\n`)).toBeNull();
    expect(await kindOfSource('')).toBeNull();
    expect(await kindOfSource('def (:\n'.repeat(50))).toBeNull();
  });

  it('reads Keras, too', async () => {
    const source =
      'import keras\nfrom keras import layers\nmodel = keras.Sequential([layers.GRU(16), layers.Dense(2)])\nmodel.fit(x, y)\n';
    expect(await kindOfSource(source)).toBe('recurrent');
  });
});
