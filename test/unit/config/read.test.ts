import { describe, expect, it } from 'vitest';
import type { ConfigDocument, Entry } from '../../../src/config/entry';
import { syntaxOf } from '../../../src/config/read/names';
import { readConfig } from '../../../src/config/read/read';

const read = (text: string, path: string): Promise<ConfigDocument[]> => readConfig(text, syntaxOf(path)!);

/** `path=value` of every entry; marked where it is shared, and by what the value's range holds. */
async function entries(text: string, path: string): Promise<string[]> {
  const lines = text.split(/\r\n|\r|\n/);
  const at = ({ valueRange: { start, end } }: Entry): string =>
    start.line === end.line ? lines[start.line]!.slice(start.character, end.character) : '(lines)';
  return (await read(text, path)).flatMap((document) =>
    document.entries.map(
      (entry) =>
        `${entry.path.join('.')}=${String(entry.value)} [${at(entry)}]${entry.shared ? ' shared' : ''}${entry.quoted ? ' quoted' : ''}`,
    ),
  );
}

describe('YAML', () => {
  it.each([
    ['lr: 1e-4 # c', ['lr=0.0001 [1e-4]']],
    ["lr: '1e-4'", ['lr=1e-4 [1e-4] quoted']],
    ['a:\r\n  b: on\r\n', ['a.b=on [on]']],
    ['x: !!float 2e-5', ['x=0.00002 [2e-5]']],
    ['x: !odd 3', ['x=3 [3]']],
    ['a: {b: 1, c: [2, 3]}', ['a.b=1 [1]', 'a.c.0=2 [2]', 'a.c.1=3 [3]']],
    ['a: &v 0.1\nb: *v', ['a=0.1 [0.1] shared', 'b=0.1 [0.1] shared']],
    [
      'd: &d\n  p: 1\n  q: 2\ne:\n  <<: *d\n  q: 3',
      ['d.p=1 [1]', 'd.q=2 [2]', 'e.p=1 [1] shared', 'e.q=3 [3]'],
    ],
    ['d: &d {p: 1}\nf: &f {p: 2}\ne:\n  <<: [*d, *f]', ['d.p=1 [1]', 'f.p=2 [2]', 'e.p=1 [1] shared']],
    ['o: !new:torch.optim.Adam\n  lr: !ref <lr>', ['o._target_=torch.optim.Adam []', 'o.lr=<lr> [<lr>]']],
    ['a: 1\n---\nb: 2', ['a=1 [1]', 'b=2 [2]']],
    ['a: 1\nb: [', ['a=1 [1]']],
    [
      'a: ${x}\nb: ???\nc: null\nd: ~\ne:',
      ['a=${x} [${x}]', 'b=??? [???]', 'c=null [null]', 'd=null [~]', 'e=null []'],
    ],
  ])('%j', async (text, expected) => {
    expect(await entries(text, 'a.yaml')).toEqual(expected);
  });

  it('keeps of a key that stands twice the last one, and remembers the first', async () => {
    const [document] = await read('a: 1\na: 2\n', 'a.yaml');
    expect(document!.entries.map(({ value }) => value)).toEqual([2]);
    expect(document!.overridden.map(({ value }) => value)).toEqual([1]);
  });

  it('is not caught by anchors that hold each other, or by a thousand million copies', async () => {
    const bomb = Array.from(
      { length: 12 },
      (_, i) =>
        `k${i}: &k${i} [${Array(10)
          .fill(i === 0 ? '1' : `*k${i - 1}`)
          .join()}]`,
    );
    const [document] = await read(bomb.join('\n'), 'a.yaml');
    expect(document!.entries.length).toBeLessThan(20_100);
    expect(await entries('a: &a\n  b: *a\n', 'a.yaml')).toEqual([]);
  });
});

describe('JSON and TOML', () => {
  it.each([
    [
      'a.json',
      '{"a": {"b": [1, {"c": "x"}]}, // c\n "d": null,}',
      ['a.b.0=1 [1]', 'a.b.1.c=x [x] quoted', 'd=null [null]'],
    ],
    ['a.json', '{"a": 1, "b": ', ['a=1 [1]']],
    [
      'a.toml',
      'a = 1e-4\n[b.c]\nd = "x"\ne = [1, 2]\nf = {g = true}\n',
      ['a=0.0001 [1e-4]', 'b.c.d=x [x] quoted', 'b.c.e.0=1 [1]', 'b.c.e.1=2 [2]', 'b.c.f.g=true [true]'],
    ],
    ['a.toml', '[[a]]\nb = 1\n[[a]]\nb = 2\n', ['a.0.b=1 [1]', 'a.1.b=2 [2]']],
    ['a.toml', 'a = 1\nb = \n[c]\nd = 2\nhalf\ne = "x\nf = 3\n', ['a=1 [1]', 'c.d=2 [2]', 'c.f=3 [3]']],
    ['a.toml', '"a b".c = 1\n', ['a b.c=1 [1]']],
  ])('%s: %j', async (path, text, expected) => {
    expect(await entries(text, path)).toEqual(expected);
  });
});

describe('Python', () => {
  it.each([
    ['a = 1e-4  # c\nb = -0.1\nc = 2 ** -3\n', ['a=0.0001 [1e-4]', 'b=-0.1 [-0.1]', 'c=0.125 [2 ** -3]']],
    [
      "a = 'x'\nb = None\nc = True\nd = f(1)\n",
      ['a=x [x] quoted', 'b=null [None]', 'c=true [True]', 'd=${f(1)} [f(1)]'],
    ],
    ["a = dict(b=1, c={'d': [2, 3]})\n", ['a.b=1 [1]', 'a.c.d.0=2 [2]', 'a.c.d.1=3 [3]']],
    ['n = 600\na = n\n', ['n=600 [600]', 'a=600 [600] shared']],
    [
      'optimizer.lr = 1\ncfg.train.steps = 2\ncfg["x"] = 3\n',
      ['optimizer.lr=1 [1]', 'train.steps=2 [2]', 'x=3 [3]'],
    ],
    [
      'o = L(AdamW)(lr=1)\np = torch.optim.SGD(lr=2)\n',
      [
        'o._target_=AdamW [L(AdamW)]',
        'o.lr=1 [1]',
        'p._target_=torch.optim.SGD [torch.optim.SGD]',
        'p.lr=2 [2]',
      ],
    ],
    [
      'def get_config():\n  c = ConfigDict({"a": 1})\n  c.b = 2\n  lr = 3\n  return c\n',
      ['a=1 [1]', 'b=2 [2]'],
    ],
    ['def train():\n  config.lr = 3\n', []],
    ['def train_config():\n  t = ConfigDict()\n  t.lr = 3\n  u.lr = 4\n  return t\n', ['lr=3 [3]']],
    [
      'class C:\n  a: int = 1\n  b: float = field(default=0.5)\n  c: list = field(default_factory=list)\n  d: int\n',
      ['a=1 [1]', 'b=0.5 [0.5]'],
    ],
    ['a = 1\nb = (\n', ['a=1 [1]']],
    ['🚀 = 1\na = "🚀"; b = 0.1\n', ['a=🚀 [🚀] quoted', 'b=0.1 [0.1]']],
  ])('%j', async (text, expected) => {
    expect(await entries(text, 'a.py')).toEqual(expected);
  });
});

describe('launch scripts', () => {
  it.each([
    ['python t.py --lr 1e-4 --wd=0.1 -b 8\n', ['lr=0.0001 [1e-4]', 'wd=0.1 [0.1]', 'b=8 [8]']],
    ['python t.py --lr \\\n  1e-4 \\\r\n  --x "a b"  # --no 1\n', ['lr=0.0001 [1e-4]', 'x=a b [a b]']],
    [
      'python t.py --flag --lr -0.1 --l 1 2\n',
      ['flag=true [--flag] shared', 'lr=-0.1 [-0.1]', 'l.0=1 [1]', 'l.1=2 [2]'],
    ],
    [
      'python t.py optimizer.lr=0.1 +model.x=2 ++y=3\n',
      ['optimizer.lr=0.1 [0.1]', 'model.x=2 [2]', 'y=3 [3]'],
    ],
    [
      'LR=0.1\npython t.py --lr $LR --wd ${WD:-0.1} --z $1\n',
      ['lr=0.1 [0.1] shared', 'wd=${${WD:-0.1}} [${WD:-0.1}]', 'z=${$1} [$1]'],
    ],
    ['LR=0.1\nLR=0.2\npython t.py --lr $LR\n', ['lr=${$LR} [$LR]']],
    ['A=(\n --lr 0.1 # c\n --x 2\n)\npython t.py "${A[@]}" --y 3\n', ['lr=0.1 [0.1]', 'x=2 [2]', 'y=3 [3]']],
    ['A="--lr 0.1 --x 2"\npython t.py $A\n', ['lr=0.1 [0.1]', 'x=2 [2]']],
    ['A=" \\\n  --lr 0.1 \\\n  --x 2"\npython t.py $A\n', ['lr=0.1 [0.1]', 'x=2 [2]']],
    ['for s in 1 2; do\n  X=1 python t.py --lr 0.1 && echo done\ndone\n', ['lr=0.1 [0.1]']],
    ['python t.py --lr "0.1\n', ['lr=0.1 [0.1]']],
    // What a comment cuts off is no part of the command: the shell does not pass it on.
    ['python t.py --lr 0.1 \\\n  # --wd 0.1 \\\n  --x 2\n', ['lr=0.1 [0.1]']],
    ['A="--lr 0.1"\nif [ $B = 1 ]; then\nA="$A --x 2"\nfi\npython t.py ${A}\n', ['lr=0.1 [0.1]', 'x=2 [2]']],
    ['A=(--lr 0.1)\nA+=(--x 2)\npython t.py ${A[@]}\n', ['lr=0.1 [0.1]', 'x=2 [2]']],
    ['B="--x 2"\nA="--lr 0.1 $B"\nC="python t.py $A"\n$C\n', ['lr=0.1 [0.1]', 'x=2 [2]']],
    ['A="$A --lr 0.1"\nA="$A $A"\npython t.py $B $A\n', ['lr=0.1 [0.1]']],
    ['X="$(ls "$D" | grep "a b")"\npython t.py --lr 0.1\n', ['lr=0.1 [0.1]']],
    ['cat <<EOT > c.json\n{ "it\'s": 1 }\nEOT\npython t.py --lr 0.1\n', ['lr=0.1 [0.1]']],
    ["cat > job.sh <<'E'\npython t.py --lr 0.1\nE\n", ['lr=0.1 [0.1]']],
    ['python t.py --lr 0.1 2>&1 > log.txt\n', ['lr=0.1 [0.1]']],
    ['python t.py --lr 0.1 >>log.txt 2> err | tee x\n', ['lr=0.1 [0.1]']],
    ['export A=1 LR=0.1\npython t.py --lr $LR\n', ['lr=0.1 [0.1] shared']],
    ['run() { python t.py --lr 0.1 --x $1; }\nrun 3\n', ['lr=0.1 [0.1]', 'x=${$1} [$1]']],
    ['python -m pkg.train --lr 0.1\n', ['lr=0.1 [0.1]']],
    ['torchrun --n 8 -m pkg.train --lr 0.1\n', ['n=8 [8]', 'lr=0.1 [0.1]']],
    [
      'python t.py -m model.lr=0.1,0.2 x.wd=1\n',
      ['m=true [-m] shared', 'model.lr=0.1,0.2 [0.1,0.2]', 'x.wd=1 [1]'],
    ],
    ['python t.py --opts a.b=1 c=2\n', ['opts=true [--opts] shared', 'a.b=1 [1]', 'c=2 [2]']],
    ['python t.py --out runs/lr=0.1\n', ['out=runs/lr=0.1 [runs/lr=0.1]']],
    ['bash -c "python t.py --lr 0.1"\n', ['c=true [-c] shared', 'lr=0.1 [0.1]']],
    ['if true; then LR=0.1; else LR=0.2; fi\npython t.py --lr $LR\n', ['lr=${$LR} [$LR]']],
    ['', []],
  ])('%j', async (text, expected) => {
    const found = await entries(text, 'a.sh');
    expect(found.map((one) => one.replace(' quoted', ''))).toEqual(expected);
  });

  it('are one document a command, with its program', async () => {
    const documents = await read(
      'torchrun --nproc 8 a.py --lr 1\nCUDA_VISIBLE_DEVICES=0 fairseq-train d --lr 2\nls -la\npython -m a.b --c\n',
      'a.sh',
    );
    expect(documents.map(({ command }) => command)).toEqual([
      'torchrun a.py',
      'fairseq-train d',
      'ls',
      'python a.b.py',
    ]);
  });
});

describe('the syntax of a file', () => {
  it.each([
    ['a.yaml', 'yaml'],
    ['A.YML', 'yaml'],
    ['a.jsonc', 'json'],
    ['x/a.toml', 'toml'],
    ['a.slurm', 'shell'],
    ['a.py', 'python'],
    ['a.txt', null],
    ['package-lock.json', null],
    ['x\\tsconfig.base.json', null],
    ['docker-compose.dev.yml', null],
    ['.github/workflows/ci.yml', null],
    ['pnpm-lock.yaml', null],
  ])('%s: %s', (path, expected) => {
    expect(syntaxOf(path)).toBe(expected);
  });

  it('reads a command in a here-document, and gives up on those that have no end', async () => {
    const inner = "cat <<'EOF' > job.sh\npython train.py --lr 1\nEOF\n";
    expect((await readConfig(inner, 'shell')).flatMap(({ entries }) => entries)).toHaveLength(1);
    // Each without an end holds all the rest: thousands of them took seconds.
    const open = Array.from({ length: 9 }, (_, i) => `cat <<E${i}\n`).join('');
    expect(await readConfig(`${open}python train.py --lr 1\n`, 'shell')).toEqual([]);
  });
});
