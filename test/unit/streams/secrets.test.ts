import { expect, it } from 'vitest';
import { argumentSettings } from '../../../src/ledger/configSettings';
import { scriptSettings } from '../../../src/ledger/scriptSettings';
import { RunBuilder } from '../../../src/runs/runBuilder';
import { debugLaunchOf } from '../../../src/streams/debugLaunch';
import { launchOf } from '../../../src/streams/launch';
import { isSecret, MASK, withoutSecrets } from '../../../src/streams/secrets';

const KEY = `hf_${'a1'.repeat(17)}`;

it.each([
  '--api-key',
  'WANDB_API_KEY',
  'hub.token',
  '--hf_token',
  'login password',
  'login key',
  'awsSecretAccessKey',
  'token',
])('%s is a secret', (name) => expect(isSecret(name)).toBe(true));

it.each([
  'max_tokens',
  'pad_token',
  'eos_token',
  'tokenizer',
  'key',
  'key_dim',
  'token_dropout',
  'author',
  'monitor',
])('%s is none', (name) => expect(isSecret(name)).toBe(false));

it('secrets are not in the words of a command', () => {
  expect(withoutSecrets(['--lr', '1', '--token', 'abc', '--password=x', '--token', '--amp', KEY])).toEqual([
    ...['--lr', '1', '--token', MASK, `--password=${MASK}`, '--token', '--amp', MASK],
  ]);
  expect(withoutSecrets(['https://me:word@host/a'])).toEqual([`https://me:${MASK}@host/a`]);
});

it('secrets are neither in the name of a run nor in its settings', async () => {
  const words = ['--api-key', 'abc', '--lr', '1'];
  const label = `python train.py --api-key ${MASK} --lr 1`;
  expect(launchOf(`python train.py ${words.join(' ')}`)?.label).toBe(label);
  expect(launchOf('env API_KEY=abc python train.py')?.label).toBe(`env API_KEY=${MASK} python train.py`);
  const launch = { type: 'debugpy', request: 'launch', program: '/a/train.py', args: words };
  expect(debugLaunchOf(launch)?.label).toBe(label);
  expect(argumentSettings(words)).toEqual({ '--api-key': MASK, '--lr': '1' });
  const script = `API_KEY = "abc"\nwandb.login(key="${KEY}")\nPAD_TOKEN = "<pad>"\n`;
  expect(await scriptSettings(script)).toEqual({
    ...{ API_KEY: MASK, 'login key': MASK, PAD_TOKEN: '<pad>' },
  });
});

it('a key that is cut off in a long value does not leave its beginning', async () => {
  const value = `${'x '.repeat(20)}${KEY} ${'y'.repeat(200)}`;
  const [shown] = Object.values(await scriptSettings(`note = "${value}"\n`));
  expect(shown).toContain(MASK);
  expect(shown).not.toContain('hf_');
});

it('secrets are not among the settings that a log states', () => {
  const builder = new RunBuilder('/a/train.log');
  const sink = builder.sink();
  sink.context('hf_token', 'abc');
  sink.context('url', 'https://me:word@host');
  sink.context('max_tokens', 512);
  expect([...builder.context.values()]).toEqual([MASK, `https://me:${MASK}@host`, 512]);
});
