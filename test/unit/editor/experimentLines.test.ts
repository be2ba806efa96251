import { expect, it } from 'vitest';
import { linesOf, placesOf } from '../../../src/editor/ledger/experimentLines';
import type { Outcome } from '../../../src/analysis/diagnosis';
import type { Entry } from '../../../src/ledger/entry';
import { byScript, type Step } from '../../../src/ledger/ledger';

/** Characters that a side bar of the usual width shows of a line with its pale part. */
const WIDTH = 44;

const outcome = (best: number, epoch: number): Outcome => ({
  ...{ metric: 'val loss', better: 'lower', best, epoch, step: 100 * epoch, last: best + 0.1, points: 20 },
});

function step(second: Partial<Entry>, settings: Record<string, string>): Step {
  const entry = (start: number, own: Record<string, string>, more: Partial<Entry>): Entry => ({
    ...{
      run: `/runs/${start}`,
      title: 'a run',
      script: 'train.py',
      start,
      end: start + 1,
      state: 'finished',
    },
    code: { files: [{ path: 'train.py', hash: String(start), settings: own }], arguments: {}, commit: null },
    ...{ outcomes: [outcome(0.41, 12)], label: 'overfitting', symptoms: ['val-loss-rising'], applied: [] },
    ...more,
  });
  return byScript([entry(1, { dropout: '0' }, {}), entry(2, settings, second)]).get('train.py')![0]!;
}

const texts = (of: Step): string[] => linesOf(of).map(({ text, aside = '' }) => `${text} | ${aside}`);

it('says what changed and what that did in lines that are short enough, and all of it in their tooltips', () => {
  const applied = [{ technique: 'dropout', title: 'Dropout', script: 'train.py', at: 1 }] as const;
  const better = step(
    { outcomes: [outcome(0.36, 19)], label: 'healthy', symptoms: ['val-jitter'], applied },
    { dropout: '0.1' },
  );
  expect(texts(better)).toEqual([
    'healthy | best val loss 0.36 at epoch 19',
    'dropout 0 → 0.1 | ',
    'train.py changed | ',
    'val loss 0.41 → 0.36 | better',
    'best at epoch 12 → 19 | ',
    'one run each: may be the seed | ',
    'Dropout | applied from Fitcheck',
    'Validation gets worse | gone',
    'Validation jumps | new',
  ]);
  for (const text of texts(better)) expect(text.length).toBeLessThanOrEqual(WIDTH);
  const [, , , change] = linesOf(better);
  expect(change!.whole).toMatch(
    /^val loss 0\.41 → 0\.36 \(better\), best at epoch 12 → 19; one run each, so/,
  );
});

it('leaves out where the best value lies when it did not move, and warns of two techniques at once', () => {
  const worse = step({ outcomes: [outcome(0.5, 12)] }, { dropout: '0.1', weight_decay: '0.1' });
  expect(texts(worse)).toContain('val loss 0.41 → 0.5 | worse');
  expect(texts(worse).join()).not.toContain('best at epoch');
  expect(linesOf(worse).at(-1)).toMatchObject({
    text: 'several regularisers at once',
    whole: expect.stringContaining('cannot be attributed') as string,
  });
});

it('leads to the run, and to what changed in a file', () => {
  const lines = linesOf(step({}, { dropout: '0.1' }));
  expect(lines[0]!.command).toMatchObject({ arguments: [{ path: '/runs/2' }] });
  expect(lines[2]!.command).toMatchObject({ arguments: ['train.py', '1', '2'] });
});

it('tells scripts of one path in two folders of one name apart', () => {
  const scripts = ['/one/net/train.py', '/two/net/train.py', '/one/net/lib/train.py', '/one/net/other.py'];
  const places = placesOf(scripts, (path) => path.slice('/one/'.length));
  expect(places).toEqual(['net · one', 'net · two', 'net/lib', 'net']);
  expect(placesOf(['/one/train.py'], () => 'train.py')).toEqual(['']);
});
