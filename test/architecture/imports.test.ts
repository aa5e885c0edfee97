import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NAME = 'probe-of-import-rules';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** What dependency-cruiser says of these files: nothing when every import is allowed. */
const violations = (...paths: readonly string[]): readonly Violation[] => {
  const args = ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...paths];
  const output = execFileSync('npx', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1_048_576, stdio: 'pipe' });
  const { summary, modules } = JSON.parse(output) as { summary: { violations: Violation[] }; modules: unknown[] };
  expect(modules.length).toBeGreaterThan(paths.length);
  return summary.violations;
};

const probes: [where: string, folder: string, imports: string, rule: string][] = [
  ['a domain that knows npm', 'src/domain/desk', 'zod', 'domain-desk'],
  ['a domain that knows another', 'src/domain/conversation', '../account/index.js', 'domain-conversation'],
  ['a protocol that knows anything', 'src/application/protocol', '../../domain/kernel/ids.js', 'protocol'],
  ['a port that knows Nest', 'src/application/ports', '@nestjs/common', 'ports'],
  [
    'an inner layer that knows an outer',
    'src/application/queries',
    '../../infrastructure/tokens.js',
    'inner-knows-no-outer',
  ],
  ['a projection that decides', 'src/projections/tabs', '../../domain/desk/decide.js', 'projections'],
  [
    'infrastructure that knows its neighbour',
    'src/infrastructure/http',
    '../gateway/connections.js',
    'infrastructure-apart',
  ],
  [
    'a client that knows the server',
    'frontend/src/model',
    '../../../src/domain/kernel/ids.js',
    'frontend-knows-protocol-only',
  ],
  ['a client core that knows Vue', 'frontend/src/session', 'vue', 'client-core-without-vue'],
];
const fileOf = (folder: string): string => `${folder}/${NAME}.ts`;

describe('import rules', () => {
  it('hold for every file', () => {
    const sources = violations('src', 'frontend/src').filter(({ from }) => !from.includes(NAME));
    expect(sources).toEqual([]);
  });

  it('see each kind of forbidden import', () => {
    for (const [, folder, imports] of probes) writeFileSync(ROOT + fileOf(folder), `import '${imports}';\n`);
    try {
      const found = violations(...probes.map(([, folder]) => fileOf(folder)));
      for (const [where, folder, , rule] of probes) {
        const rules = found.filter(({ from }) => from === fileOf(folder)).map(({ rule: { name } }) => name);
        expect({ where, rules }).toEqual({ where, rules: expect.arrayContaining([rule]) as string[] });
      }
    } finally {
      for (const [, folder] of probes) rmSync(ROOT + fileOf(folder), { force: true });
    }
  });
});
