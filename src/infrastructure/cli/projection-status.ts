import type { Lease } from '../../application/ports/lease-store.js';
import type { Service } from '../../application/ports/read-model-store.js';
import { projectorLease } from '../../application/read-models/projector.js';
import { buildLease, type RebuildProgress } from '../../application/read-models/rebuild.js';
import { generationOf, serviceOf } from '../../application/read-models/service.js';
import { PROJECTIONS } from '../../projections/index.js';
import type { RunnerStatus } from '../../projections/runtime/projection-runner.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { grouped, table } from './printable.js';
import type { OpenStores } from './open-stores.js';

interface Shown {
  readonly projection: string;
  readonly serving: string;
  /** `idle`: nobody follows the log for it now. */
  readonly state: RunnerStatus['state'] | 'idle';
  readonly reason: string | null;
  readonly position: number;
  readonly head: number;
  readonly lag: number;
  readonly holder: string | null;
  readonly kept: Service['kept'];
  readonly candidate: Service['candidate'];
  readonly build: { readonly holder: string; readonly progress: RebuildProgress | null } | null;
}

/** What the stores say of it: a running server notes what it does with each generation in the lease that it holds on it. */
const shownOf = async (
  { name }: Projection,
  head: number,
  leases: readonly Lease[],
  { readModels, clock }: OpenStores,
): Promise<Shown> => {
  const service = await serviceOf(readModels, name);
  const serving = generationOf(name, service.serving);
  const position = await readModels.checkpoint(serving);
  const held = (lease: string): Lease | null =>
    leases.find((one) => one.name === lease && one.until > clock.now()) ?? null;
  const writer = held(projectorLease(serving));
  const builder = held(buildLease(name));
  const note = writer ? (JSON.parse(writer.note) as Partial<RunnerStatus>) : null;
  return {
    projection: name,
    serving,
    state: note ? (note.state ?? 'running') : 'idle',
    reason: note?.reason ?? null,
    position,
    head,
    lag: Math.max(0, head - position),
    holder: writer?.holder ?? null,
    kept: service.kept,
    candidate: service.candidate,
    build: builder
      ? { holder: builder.holder, progress: JSON.parse(builder.note || 'null') as RebuildProgress | null }
      : null,
  };
};

const allOf = async (stores: OpenStores, projections: readonly Projection[]): Promise<Shown[]> => {
  const leases = await stores.leases.leases('');
  const head = await stores.log.head();
  return Promise.all(projections.map((projection) => shownOf(projection, head, leases, stores)));
};

export const listProjections = async (stores: OpenStores) => {
  const result = await allOf(stores, PROJECTIONS);
  const rows = result.map(({ projection, serving, state, position, head, lag, holder }) => [
    projection,
    serving,
    state,
    `${grouped(position)}/${grouped(head)}`,
    grouped(lag),
    holder ?? '-',
  ]);
  return { result, words: table(['PROJECTION', 'SERVING', 'STATE', 'POSITION', 'LAG', 'WRITTEN BY'], rows) };
};

export const showProjections = async (stores: OpenStores, projections: readonly Projection[]) => {
  const result = await allOf(stores, projections);
  return {
    result,
    words: result.map(wordsOf).join('\n\n'),
    stopped: result.some(({ state }) => state === 'stopped'),
  };
};

const wordsOf = ({ projection, serving, state, reason, position, head, lag, holder, ...more }: Shown): string => {
  const { kept, candidate, build } = more;
  const rows: [string, string][] = [
    ['serving', `${serving} at position ${grouped(position)} of ${grouped(head)} (${grouped(lag)} behind)`],
    ['state', holder === null ? 'idle: no server follows the log' : `${state}, written by ${holder}`],
  ];
  if (reason !== null) rows.push(['reason', reason]);
  if (kept) rows.push(['kept', `${generationOf(projection, kept.number)} until ${new Date(kept.until).toISOString()}`]);
  if (candidate)
    rows.push([
      'new',
      `${generationOf(projection, candidate.number)}, ${build ? 'being built' : wordsOfState(candidate.state)}`,
    ]);
  if (build)
    rows.push([
      'build',
      `by ${build.holder}${build.progress ? `, ${build.progress.stage} at ${grouped(build.progress.position)} of ${grouped(build.progress.head)}` : ''}`,
    ]);
  return [projection, ...rows.map(([label, text]) => `  ${label.padEnd(8)} ${text}`)].join('\n');
};

const WORDS = {
  building: 'unfinished: rebuild --resume goes on with it',
  verified: 'equal to the serving one: promote makes it serve',
  differs: 'differs from the serving one: promote makes it serve, discard drops it',
} as const;
const wordsOfState = (state: keyof typeof WORDS): string => WORDS[state];
