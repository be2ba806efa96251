import { describe, expect, it } from 'vitest';
import { debugLaunchOf } from '../../../src/streams/debugLaunch';

const launch = { type: 'debugpy', request: 'launch', console: 'internalConsole' };

describe('a debug session that may be a training', () => {
  it.each([
    [
      { program: '/project/train.py', args: ['--lr', 1], cwd: '/project' },
      'python train.py --lr 1',
      '/project/train.py',
      '/project',
    ],
    [
      { program: 'C:\\work\\train.py', args: '--lr  1' },
      'python train.py --lr 1',
      'C:\\work\\train.py',
      null,
    ],
    [{ module: 'pkg.train' }, 'python -m pkg.train', null, null],
    [{ type: 'mock', program: 'train.py' }, 'python train.py', 'train.py', null],
    [
      { program: 'train.py', console: 'integratedTerminal', redirectOutput: true },
      'python train.py',
      'train.py',
      null,
    ],
  ])('%j', (configuration, label, script, cwd) => {
    expect(debugLaunchOf({ ...launch, ...configuration })).toMatchObject({ label, script, cwd });
  });

  it.each([
    {},
    { program: '' },
    { program: 'train.py', request: 'attach' },
    // Its terminal is followed.
    { program: 'train.py', console: 'integratedTerminal' },
    { module: 'pytest' },
    { program: '/project/manage.py' },
    { type: 'node', program: 'server.js' },
    { type: 'chrome', url: 'http://localhost' },
    { program: 3, module: ['x'] },
  ])('not %j', (configuration) => expect(debugLaunchOf({ ...launch, ...configuration })).toBeNull());
});
