import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const CQRS_MESSAGE =
  'In-memory, loses order and durability: follow the event log instead (docs/adr/0005-no-event-bus-no-saga.md).';
const PURE_MESSAGE = 'Time, randomness and ids come in as arguments (CONTRIBUTING.md).';

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'data/**', '.cache/**'] },
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.js', '*.mjs', '.dependency-cruiser.cjs', 'scripts/*.mjs', 'bench/*.mjs', 'bin/*.js'],
        },
        extraFileExtensions: ['.vue'],
      },
      globals: globals.node,
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off', // refuses option objects that Nest types as classes
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unnecessary-type-parameters': 'off', // typed results of ports are their contract
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/cqrs',
              importNames: ['EventBus', 'EventPublisher', 'AggregateRoot', 'EventsHandler', 'Saga'],
              message: CQRS_MESSAGE,
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/domain/**/*.ts', 'src/projections/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Date', 'console', 'process', 'setTimeout', 'crypto', 'performance'].map((name) => ({
          name,
          message: PURE_MESSAGE,
        })),
      ],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: PURE_MESSAGE }],
    },
  },
  {
    // The runner drives the pure tables: it waits for the log and the store.
    files: ['src/projections/runtime/projection-runner.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['frontend/**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser },
    rules: {
      'vue/multi-word-component-names': 'off', // components are named by the glossary's words
      'vue/no-v-html': 'error',
    },
  },
  {
    // typescript-eslint does not see the types of other .vue files; vue-tsc does, and checks them.
    files: ['frontend/**/*.vue', 'frontend/src/main.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        'off',
      ]),
    ),
  },
  { files: ['frontend/**/*.ts'], languageOptions: { globals: globals.browser } },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off', // a failed assertion is a failed test
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  prettier,
);
