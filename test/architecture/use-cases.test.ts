import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  authorize,
  NotAllowed,
  POLICY,
  type Principal,
  type UseCase,
} from '../../src/application/authorization/policy.js';
import { HANDLERS } from '../../src/application/handlers.js';
import { PROJECTIONS } from '../../src/projections/index.js';
import { STREAM_CATEGORIES } from '../../src/application/ports/event-log.js';
import { EVENT_SCHEMAS } from '../../src/application/codec/schemas/index.js';
import { asId, type UserId } from '../../src/domain/kernel/ids.js';

interface UseCaseClass {
  readonly name: string;
  readonly useCase: UseCase;
}

/** Where `@nestjs/cqrs` keeps what its decorators were given. */
const HANDLED = ['__commandHandler__', '__queryHandler__'] as const;
const APPLICATION = fileURLToPath(new URL('../../src/application/', import.meta.url));

const filesOf = (kind: 'commands' | 'queries', ending: string): string[] =>
  readdirSync(`${APPLICATION}${kind}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${APPLICATION}${kind}/${name}`);

const handledBy = (handler: object): UseCaseClass | undefined =>
  HANDLED.map((key) => Reflect.getMetadata(key, handler) as UseCaseClass | undefined).find((it) => it !== undefined);

/** Every command and query class that a file of the application exports. */
const declared = async (): Promise<UseCaseClass[]> => {
  const files = [...filesOf('commands', '.command.ts'), ...filesOf('queries', '.query.ts')];
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) =>
    Object.values(module).filter(
      (it): it is UseCaseClass & (() => void) => typeof it === 'function' && 'useCase' in it,
    ),
  );
};

describe('use cases', () => {
  it('each command and query has exactly one handler', async () => {
    const classes = await declared();
    expect(classes.length).toBeGreaterThan(10);
    for (const { name } of classes)
      expect([name, HANDLERS.filter((handler) => handledBy(handler)?.name === name).length]).toEqual([name, 1]);
    expect(HANDLERS.length).toBe(classes.length);
  });

  it('every handler file is registered', () => {
    const files = [...filesOf('commands', '.handler.ts'), ...filesOf('queries', '.handler.ts')];
    const names = files.map((file) => /export class (\w+)/.exec(readFileSync(file, 'utf8'))?.[1]);
    expect(names.sort()).toEqual(HANDLERS.map(({ name }) => name).sort());
  });

  it('SEC-8 each has exactly one authorization row, and each row a use case', async () => {
    const classes = await declared();
    expect(classes.map(({ useCase }) => useCase).sort()).toEqual(Object.keys(POLICY).sort());
  });

  it('SEC-8 each handler asks for its own row', () => {
    for (const file of [...filesOf('commands', '.handler.ts'), ...filesOf('queries', '.handler.ts')]) {
      const source = readFileSync(file, 'utf8');
      const [, name] = /@(?:Command|Query)Handler\((\w+)\)/.exec(source) ?? [];
      expect([file, source.includes(`${name ?? ''}.useCase`)]).toEqual([file, true]);
    }
  });

  const principals: readonly Principal[] = [
    { kind: 'anonymous' },
    { kind: 'operator' },
    { kind: 'user', userId: asId<UserId>('0b8f6d5e-3a34-4c58-9f0e-0d2f4f0c1a01') },
  ];
  it.each(Object.keys(POLICY) as UseCase[])('SEC-8 %s is refused to everybody who is not in its row', (useCase) => {
    for (const principal of principals) {
      const ask = (): void => {
        authorize(useCase, principal);
      };
      if (POLICY[useCase].allowed.includes(principal.kind)) expect(ask).not.toThrow();
      else expect(ask).toThrow(NotAllowed);
    }
  });

  it('SEC-8 nobody but the operator reaches an account of others, nobody but a person a conversation', () => {
    for (const [useCase, { allowed }] of Object.entries(POLICY)) {
      if (useCase.startsWith('account.')) expect([useCase, allowed]).toEqual([useCase, ['operator']]);
      if (/^(conversation|desk|roster|presence|transcript|people)\./.test(useCase))
        expect([useCase, allowed]).toEqual([useCase, ['user']]);
    }
  });
});

describe('projections', () => {
  it('stand in the list under their own names, once', () => {
    expect(PROJECTIONS.map(({ name }) => name)).toEqual([
      'conversations',
      'favorites',
      'invitations',
      'invited',
      'own-presence',
      'people',
      'preferences',
      'presences',
      'reactions',
      'requests',
      'tabs',
      'transcript',
      'watchers',
      'words',
    ]);
  });

  it('name or ignore every event type of their categories', () => {
    for (const { name, categories, handlers } of PROJECTIONS) {
      const types = STREAM_CATEGORIES.filter((category) => categories.includes(category)).flatMap((category) =>
        Object.keys(EVENT_SCHEMAS[category]),
      );
      expect([name, Object.keys(handlers).sort()]).toEqual([name, types.sort()]);
    }
  });
});
