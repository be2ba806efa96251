import { accelerate } from './accelerate';
import { axolotl } from './axolotl';
import { composer } from './composer';
import { dataclass } from './dataclass';
import { deepspeed } from './deepspeed';
import { detectron2 } from './detectron2';
import type { Dialect } from './dialect';
import { espnet } from './espnet';
import { fairseq } from './fairseq';
import { generic } from './generic';
import { huggingFace } from './huggingFace';
import { hydra } from './hydra';
import { kohya } from './kohya';
import { lazyConfig } from './lazyConfig';
import { lightning } from './lightning';
import { litgpt } from './litgpt';
import { llamaFactory } from './llamaFactory';
import { megatron } from './megatron';
import { mlCollections } from './mlCollections';
import { mmengine } from './mmengine';
import { modelConfig } from './modelConfig';
import { modelGarden } from './modelGarden';
import { nanogpt } from './nanogpt';
import { nemo } from './nemo';
import { neox } from './neox';
import { olmo } from './olmo';
import { openNmt } from './openNmt';
import { reinforcement } from './reinforcement';
import { speechBrain } from './speechBrain';
import { swin } from './swin';
import { timm } from './timm';
import { torchtitan } from './torchtitan';
import { torchtune } from './torchtune';
import { torchvision } from './torchvision';
import { ultralytics } from './ultralytics';
import { yolov5 } from './yolov5';

/** Every dialect, the most particular first: the first one that a file shows the signs of is its own. */
export const dialects: readonly Dialect[] = [
  ...[torchtune, litgpt, llamaFactory, axolotl, neox, megatron, nanogpt, torchtitan, olmo, composer],
  ...[accelerate, deepspeed, modelConfig, mmengine, lazyConfig, mlCollections, detectron2, swin],
  ...[nemo, fairseq, openNmt, espnet, speechBrain, modelGarden, lightning],
  ...[ultralytics, yolov5, kohya, timm, torchvision, huggingFace, reinforcement, hydra, dataclass, generic],
];
