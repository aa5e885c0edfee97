import { asInstant, type Instant } from '../../domain/kernel/instant.js';
import { BuildInterrupted, GenerationBuilder } from '../../projections/runtime/generation-builder.js';
import { RUNNER_DEFAULTS } from '../../projections/runtime/projection-runner.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { withinTime } from '../actors/within-time.js';
import type { Clock } from '../ports/clock.js';
import type { EventLog, Position } from '../ports/event-log.js';
import type { LeaseStore } from '../ports/lease-store.js';
import type { Candidate, Generation, ReadModelStore, Service } from '../ports/read-model-store.js';
import { withLease } from './held-lease.js';
import { Projector, RENEW_MS } from './projector.js';
import {
  changeService,
  generationOf,
  judged,
  promoted,
  rolledBack,
  serviceOf,
  withCandidate,
  withoutCandidate,
} from './service.js';
import { compare, type Verification } from './verification.js';

export interface RebuildParts {
  readonly log: EventLog;
  readonly store: ReadModelStore;
  readonly leases: LeaseStore;
  readonly clock: Clock;
  /** Who rebuilds, as others are told. */
  readonly holder: string;
  /** Ends the work after the batch under way; what was built is kept. */
  readonly signal: AbortSignal;
  readonly report: (progress: RebuildProgress) => void;
  /** Events in one write. */
  readonly batch?: number;
}

export interface RebuildProgress {
  readonly stage: 'building' | 'comparing';
  readonly generation: Generation;
  /** Place in the log, and where the log ended when the work began. */
  readonly position: Position;
  readonly head: Position;
  /** Documents compared. */
  readonly documents: number;
}

/** `resume`: goes on with an unfinished generation; `anew`: drops an unfinished one; `new`: refuses when there is one. */
export type RebuildMode = 'new' | 'resume' | 'anew';

export interface RebuildAim {
  readonly mode: RebuildMode;
  /** Whether the new generation serves as soon as it was found equal. */
  readonly promote: boolean;
  /** How long the former one is kept then. */
  readonly keepMs: number;
}

export interface Rebuilt {
  readonly projection: string;
  readonly generation: Generation;
  /** Events that this run read, and the time that took. */
  readonly events: number;
  readonly buildMs: number;
  /** `null`: the serving generation could not be compared; see `reason`. */
  readonly verification: Verification | null;
  readonly reason: string | null;
  readonly promoted: boolean;
  /** As it is now. */
  readonly service: Service;
}

/** The order cannot be followed as things are: what to do instead is in the message. */
export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';
}

export const buildLease = (projection: string): string => `build:${projection}`;
/** How long the serving generation may take to come level. */
const LEVEL_MS = 30_000;
/** Numbers before the last one that may have been left behind by a process that was killed. */
const SWEPT = 16;

/**
 * Builds a new generation beside the serving one while everybody reads that one, compares both, and makes the new one serve if
 * they are equal. If they differ the serving one stays, and the new one is kept to be promoted or discarded. Interrupted, it keeps what it built.
 */
export const rebuild = (
  projection: Projection,
  { mode, promote: promotes, keepMs }: RebuildAim,
  parts: RebuildParts,
): Promise<Rebuilt> =>
  building(projection, parts, async (note) => {
    const { store, clock } = parts;
    const candidate = await candidateFor(projection.name, mode, parts);
    const { result, tested, events, buildMs } = await buildAndCompare(projection, candidate.number, parts, note);
    if (parts.signal.aborted) throw new BuildInterrupted('stopped before the switch');
    const equal = result.verification?.differing === 0;
    const until = asInstant(clock.now() + keepMs);
    const { before, after } = await changeService(store, projection.name, (service) => {
      if (service.candidate?.number !== candidate.number)
        throw new RebuildRefused('somebody discarded the new generation');
      // It was compared with what served then, and says nothing of another one.
      if (equal && promotes && service.serving === tested) return promoted(service, candidate, until);
      return judged(service, candidate, equal ? 'verified' : 'differs');
    });
    await dropUnused(store, projection.name, before, after);
    const generation = generationOf(projection.name, candidate.number);
    return {
      projection: projection.name,
      generation,
      events,
      buildMs,
      ...result,
      promoted: after.serving === candidate.number,
      service: after,
    };
  });

/** Compares the serving generation with a fresh fold of the log, and changes nothing. */
export const verify = (projection: Projection, parts: RebuildParts): Promise<Omit<Rebuilt, 'promoted'>> =>
  building(projection, parts, async (note) => {
    const { store, clock } = parts;
    // A number of its own, which no service names: whatever becomes of this process, nobody reads it.
    const { after } = await changeService(store, projection.name, (service) => ({
      ...withCandidate(service, clock.now()),
      candidate: service.candidate,
    }));
    const generation = generationOf(projection.name, after.last);
    try {
      const { result, events, buildMs } = await buildAndCompare(projection, after.last, parts, note);
      const service = await serviceOf(store, projection.name);
      return { projection: projection.name, generation, events, buildMs, ...result, service };
    } finally {
      await store.drop(generation);
    }
  });

/** Makes the finished candidate serve, differences or not. */
export const promote = async (
  projection: string,
  keepMs: number,
  store: ReadModelStore,
  now: Instant,
): Promise<Service> => {
  const { before, after } = await changeService(store, projection, (service) => {
    const { candidate } = service;
    if (candidate === null) throw new RebuildRefused(`${projection} has no new generation; rebuild it first`);
    if (candidate.state === 'building')
      throw new RebuildRefused(`the new generation of ${projection} is not finished; rebuild it with --resume`);
    return promoted(service, candidate, asInstant(now + keepMs));
  });
  await dropUnused(store, projection, before, after);
  return after;
};

/** Makes the generation that served before serve again: one write. */
export const rollback = async (
  projection: string,
  keepMs: number,
  store: ReadModelStore,
  now: Instant,
): Promise<Service> => {
  const { after } = await changeService(store, projection, (service) => {
    if (service.kept === null) throw new RebuildRefused(`no former generation of ${projection} is kept`);
    return rolledBack(service, service.kept, asInstant(now + keepMs));
  });
  return after;
};

/** Drops the new generation, finished or not; nothing that serves is touched. */
export const discard = async (projection: string, parts: RebuildParts): Promise<Service> =>
  withLease(
    parts,
    buildLease(projection),
    () => '',
    async () => {
      const { before, after } = await changeService(parts.store, projection, (service) => {
        if (service.candidate === null) throw new RebuildRefused(`${projection} has no new generation to discard`);
        return withoutCandidate(service);
      });
      await dropUnused(parts.store, projection, before, after);
      return after;
    },
  );

type Note = (progress: RebuildProgress) => void;

const building = <T>(projection: Projection, parts: RebuildParts, work: (note: Note) => Promise<T>): Promise<T> => {
  let last: RebuildProgress | null = null;
  const note: Note = (progress) => {
    last = progress;
    parts.report(progress);
  };
  return withLease(
    parts,
    buildLease(projection.name),
    () => JSON.stringify(last),
    () => work(note),
  );
};

const candidateFor = async (
  projection: string,
  mode: RebuildMode,
  { store, clock }: RebuildParts,
): Promise<Candidate> => {
  const { before, after } = await changeService(store, projection, (service) => {
    const unfinished = service.candidate?.state === 'building' ? service.candidate : null;
    if (mode === 'resume') {
      if (!unfinished) throw new RebuildRefused(`there is no unfinished generation of ${projection} to resume`);
      return null;
    }
    if (unfinished && mode === 'new')
      throw new RebuildRefused(
        `generation ${unfinished.number} of ${projection} is unfinished: go on with --resume, or begin again with --anew`,
      );
    return withCandidate(service, clock.now());
  });
  await dropUnused(store, projection, before, after);
  for (let number = Math.max(1, after.last - SWEPT); number < after.last; number++)
    if (!inUse(after).includes(number)) await store.drop(generationOf(projection, number));
  if (after.candidate === null) throw new RebuildRefused(`somebody discarded the new generation of ${projection}`);
  return after.candidate;
};

const inUse = ({ serving, kept, candidate }: Service): number[] =>
  [serving, kept?.number, candidate?.number].filter((number) => number !== undefined);

const dropUnused = async (
  store: ReadModelStore,
  projection: string,
  before: Service,
  after: Service,
): Promise<void> => {
  for (const number of inUse(before))
    if (!inUse(after).includes(number)) await store.drop(generationOf(projection, number));
};

const buildAndCompare = async (
  projection: Projection,
  number: number,
  parts: RebuildParts,
  note: Note,
): Promise<{
  readonly result: Pick<Rebuilt, 'verification' | 'reason'>;
  readonly events: number;
  readonly buildMs: number;
  readonly tested: number;
}> => {
  const { log, store, signal } = parts;
  const generation = generationOf(projection.name, number);
  const head = await log.head();
  let events = 0;
  const builder = await GenerationBuilder.open(
    projection,
    generation,
    log,
    store,
    signal,
    (progress) => {
      events = progress.events;
      note({
        stage: 'building',
        generation,
        position: progress.position,
        head: Math.max(head, progress.position),
        documents: 0,
      });
    },
    parts.batch,
  );
  try {
    const begun = performance.now();
    await builder.build();
    const buildMs = performance.now() - begun;
    const { serving } = await serviceOf(store, projection.name);
    const tested = generationOf(projection.name, serving);
    const behind = await levelled(projection, tested, Math.min(builder.position, await log.head()), parts);
    if (behind !== null) return { result: { verification: null, reason: behind }, events, buildMs, tested: serving };
    const report = (documents: number): void => {
      if (signal.aborted) throw new BuildInterrupted('stopped while comparing');
      note({ stage: 'comparing', generation, position: builder.position, head: builder.position, documents });
    };
    return {
      result: {
        verification: await compare({ store, tested, fresh: builder, head: () => log.head(), report }),
        reason: null,
      },
      events,
      buildMs,
      tested: serving,
    };
  } finally {
    await builder.close();
  }
};

/** Waits until the serving generation holds everything up to the position, and projects it here if nobody else does. Answers why it does not. */
const levelled = async (
  projection: Projection,
  tested: Generation,
  position: Position,
  { log, store, leases, clock, holder }: RebuildParts,
): Promise<string | null> => {
  const projector = new Projector(projection, tested, {
    log,
    store,
    leases,
    clock,
    node: holder,
    options: RUNNER_DEFAULTS,
  });
  await projector.start();
  const renewal = setInterval(() => void projector.renew().catch(() => undefined), RENEW_MS);
  try {
    await withinTime(projector.reached(position), LEVEL_MS, () => undefined);
    const { state, reason } = projector.status;
    if ((await store.checkpoint(tested)) >= position) return null;
    return `${tested} is not level with the log: ${state}${reason === null ? '' : `, ${reason}`}`;
  } finally {
    clearInterval(renewal);
    await projector.stop();
  }
};
