import { describe, expect, it } from 'vitest';
import { mlflowMetric } from '../../../src/formats/mlflowMetric';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { points, recordText } from './recording';

const formatOf = (text: string) => recogniseFormat(sampleOf('loss', Buffer.from(text))).format?.id;

describe("metrics of MLflow's file store", () => {
  it('are told by their lines', () => {
    expect(formatOf('1628697800123 0.5 0\n')).toBe('mlflow');
    expect(formatOf('1628697800123 nan 0\n1628697800999 -Infinity 1\n')).toBe('mlflow');
    expect(formatOf('1628697800123 0.5 0\nepoch 2 loss 0.4\n')).not.toBe('mlflow');
    expect(formatOf('1234567890 2 3\n5 6 7\n')).not.toBe('mlflow');
    expect(formatOf('1628697800123 loss 0\n')).not.toBe('mlflow');
  });

  it('have a time, a value and a step', () => {
    expect(
      recordText(
        mlflowMetric,
        '1628697800123 332.5 0\r\n1628697801123 NaN 10\n\n1628697802123 1e-3 20 mnist ab12\n',
      ),
    ).toEqual([
      'at step=0 epoch=NaN time=1628697800123 line=1',
      'value = 332.5',
      'at step=10 epoch=NaN time=1628697801123 line=2',
      'value = NaN',
      'at step=20 epoch=NaN time=1628697802123 line=4',
      'value = 0.001',
    ]);
  });

  it('are counted where the script gave no step, and report what is no line of theirs', () => {
    const text = [
      '1628697800 3 0',
      '1628697801 2 0',
      '1628697802 1',
      '1628697803 half 0',
      '1628697804 0.5 40',
    ].join('\n');
    expect(points(mlflowMetric, text)).toEqual([
      '0/- value=3',
      '1/- value=2',
      '2/- value=1',
      '40/- value=0.5',
    ]);
    expect(recordText(mlflowMetric, text)).toContain('skip 4: not a time, a value and a step');
  });
});
