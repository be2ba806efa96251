/**
 * The sample training: `sampleTraining.js LOG`. Trains a small network on the shipped readings and writes a Keras-like
 * CSV log as it goes, an epoch every few tenths of a second, so that it can be watched. With little data and
 * no regularisation it learns its examples by heart: a real run that really overfits.
 */
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Logs, type Sequential } from '@tensorflow/tfjs-layers';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readData, type Part } from './data';

const EPOCHS = 150;
const LEARNING_RATE = 0.001;
/** Time an epoch takes at least, ms: fast enough to overfit within a minute, slow enough to be watched. */
const PACE = Number(process.env.FITCHECK_SAMPLE_PACE ?? 300);

/** Two wide hidden layers: far more parameters than examples. */
function network(inputs: number, classes: number): Sequential {
  const model = sequential({
    layers: [
      layers.dense({ inputShape: [inputs], units: 64, activation: 'relu' }),
      layers.dense({ units: 64, activation: 'relu' }),
      layers.dense({ units: classes, activation: 'softmax' }),
    ],
  });
  const optimizer = tf.train.adam(LEARNING_RATE);
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

function tensors({ readings, labels }: Part, classes: number): [tf.Tensor, tf.Tensor] {
  return [tf.tensor2d(readings), tf.oneHot(tf.tensor1d(labels, 'int32'), classes)];
}

function row(epoch: number, logs: Logs | undefined): string {
  const value = (name: string): string => (logs?.[name] ?? Number.NaN).toFixed(6);
  return `${epoch},${value('acc')},${value('loss')},${LEARNING_RATE},${value('val_acc')},${value('val_loss')}\n`;
}

async function main(log: string): Promise<void> {
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const { train, val, classes } = await readData(join(__dirname, '../media/sample/sensors.csv'));
  const [x, y] = tensors(train, classes);
  const model = network(train.readings[0]!.length, classes);
  await mkdir(dirname(log), { recursive: true });
  await writeFile(log, 'epoch,accuracy,loss,learning_rate,val_accuracy,val_loss\n');
  process.send?.('started');
  let began = Date.now();
  await model.fit(x, y, {
    epochs: EPOCHS,
    batchSize: 16,
    validationData: tensors(val, classes),
    verbose: 0,
    yieldEvery: 'never',
    callbacks: {
      onEpochEnd: async (epoch, logs) => {
        await appendFile(log, row(epoch, logs));
        await delay(Math.max(0, PACE - (Date.now() - began)));
        began = Date.now();
      },
    },
  });
}

const [log] = process.argv.slice(2);
if (log === undefined) {
  process.stderr.write('usage: sampleTraining.js LOG\n');
  process.exit(2);
}
// A sample that nobody watches any more must not go on: it ends with the process that started it.
process.once('disconnect', () => process.exit(0));
main(log).then(
  () => process.disconnect?.(),
  (error: unknown) => {
    process.stderr.write(
      `the sample training failed: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exit(1);
  },
);
