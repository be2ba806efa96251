import { describe, expect, it } from 'vitest';
import { monitorCsv } from '../../../src/formats/monitorCsv';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { recordText } from './recording';

const LOG = '#{"t_start": 1700000000.5, "env_id": "CartPole-v1"}\nr,l,t\n10.0,12,0.5\n';

describe('the table of a Monitor', () => {
  it('is a row for each episode, at the steps of all so far', () => {
    expect(recordText(monitorCsv, `${LOG}-3.5,20,1.0,extra\nx,1\n`)).toEqual([
      'at step=12 epoch=NaN time=1700000001000 line=3',
      'episode reward = 10',
      'episode length = 12',
      'at step=32 epoch=NaN time=1700000001500 line=4',
      'episode reward = -3.5',
      'episode length = 20',
      'skip 5: not an episode',
    ]);
  });

  it('is told by both of its first lines', () => {
    const idOf = (text: string): string | undefined =>
      recogniseFormat(sampleOf('0.monitor.csv', Buffer.from(text))).format?.id;
    expect(idOf(LOG)).toBe('monitor-csv');
    expect(idOf('r,l,t\n1,2,3\n2,3,4\n')).toBeUndefined();
  });
});
