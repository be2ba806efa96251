import { readFile } from 'node:fs/promises';

/** One part of the sample data: n rows of readings, and the state that each was taken in. */
export interface Part {
  readings: number[][];
  labels: number[];
}

/**
 * Reads the sample data set: a table `split,sensor1,…,sensorN,state`.
 * @throws Error naming the line that is not of that form
 */
export async function readData(path: string): Promise<{ train: Part; val: Part; classes: number }> {
  const parts: Record<string, Part> = {
    train: { readings: [], labels: [] },
    val: { readings: [], labels: [] },
  };
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trim().split('\n');
  const columns = header.split(',').length;
  lines.forEach((line, i) => {
    const [split = '', ...cells] = line.split(',');
    const numbers = cells.map(Number);
    const part = parts[split];
    const label = numbers.at(-1);
    if (!part || numbers.length !== columns - 1 || !numbers.every(Number.isFinite) || label === undefined) {
      throw new Error(`${path}, line ${i + 2}: not "${header}"`);
    }
    part.readings.push(numbers.slice(0, -1));
    part.labels.push(label);
  });
  const { train, val } = parts as { train: Part; val: Part };
  return { train, val, classes: Math.max(...train.labels) + 1 };
}
