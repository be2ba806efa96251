import tseslint from 'typescript-eslint';

/** The way through the house: a folder may import the ones before it, never one after it. */
const rooms = [
  ...[
    'formats',
    'streams',
    'runs',
    'analysis',
    'remedies',
    'findings',
    'python',
    'config',
    'lint',
    'engine',
    'ledger',
    'editor',
  ],
];

/** What each room must not import. Some configs are Python, so that `config` may use its parser. */
const forbidden = {
  formats: rooms.slice(1),
  streams: rooms.filter((room) => room !== 'streams'),
  runs: rooms.slice(3),
  analysis: rooms.slice(4),
  remedies: rooms.slice(5),
  findings: rooms.slice(6),
  python: ['config', 'lint', 'engine', 'ledger', 'editor'],
  config: ['python/(?!parser$|node$)', 'lint', 'engine', 'ledger', 'editor'],
  lint: ['engine', 'ledger', 'editor'],
  engine: ['ledger', 'editor'],
  ledger: ['editor'],
  editor: [],
};

const noVscode = { name: 'vscode', message: 'Only src/extension.ts and src/editor/ may import vscode.' };
const noTf = { group: ['@tensorflow/*'], message: 'Only src/analysis/ may import tf.js.' };
const inward = (names) =>
  names.length === 0
    ? []
    : [
        {
          regex: `^(\\.\\./)+(src/)?(${names.join('|')})(/|$)`,
          message: 'Imports point one way: see docs/architecture.md.',
        },
      ];

const restrict = (files, paths, patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }] },
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'media/', 'test/fixtures/'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/editor/**/*.ts'],
    ignores: ['src/editor/say.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'Names in a message come from logs and may hold links: `say` takes them out.',
        },
      ],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
  ...rooms.map((room) =>
    restrict([`src/${room}/**/*.ts`], room === 'editor' ? [] : [noVscode], [
      ...inward(forbidden[room]),
      ...(room === 'analysis' ? [] : [noTf]),
    ]),
  ),
  restrict(['src/cli.ts', 'src/protocol.ts'], [noVscode], [noTf, ...inward(['editor'])]),
  restrict(['src/extension.ts'], [], [noTf]),
  restrict(
    ['webview/**/*.ts'],
    [noVscode],
    [
      noTf,
      {
        regex:
          '^(\\.\\./)+src/(?!protocol$|listed$|sureness$|translated$|reasonWord$|analysis/diagnosis$|remedies/remedy$|runs/columns$)',
        message: 'The page may import only src/protocol.ts, the files about language and pure model types.',
      },
    ],
  ),
);
