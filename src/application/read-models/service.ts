import type { Instant } from '../../domain/kernel/instant.js';
import type { Candidate, Generation, ReadModelStore, Service } from '../ports/read-model-store.js';

/* What may become of the generations of one projection, as functions from one service to the next. */

export const generationOf = (projection: string, number: number): Generation => `${projection}__g${number}`;

export const firstService: Service = Object.freeze({ revision: 1, serving: 1, kept: null, candidate: null, last: 1 });

const changed = (service: Service, change: Partial<Service>): Service => ({
  ...service,
  ...change,
  revision: service.revision + 1,
});

/** A new generation is going to be built, under a number that was never used. */
export const withCandidate = (service: Service, startedAt: Instant): Service => {
  const number = service.last + 1;
  return changed(service, { candidate: { number, startedAt, state: 'building' }, last: number });
};

export const withoutCandidate = (service: Service): Service => changed(service, { candidate: null });

export const judged = (service: Service, candidate: Candidate, state: Candidate['state']): Service =>
  changed(service, { candidate: { ...candidate, state } });

/** The candidate serves; what served is kept until then. */
export const promoted = (service: Service, candidate: Candidate, until: Instant): Service =>
  changed(service, { serving: candidate.number, kept: { number: service.serving, until }, candidate: null });

/** What served before serves again; what serves is kept until then. */
export const rolledBack = (service: Service, kept: NonNullable<Service['kept']>, until: Instant): Service =>
  changed(service, { serving: kept.number, kept: { number: service.serving, until } });

export const withoutKept = (service: Service): Service => changed(service, { kept: null });

/**
 * Reads the service (the first one if there is none yet), and writes what `change` makes of it, again while others change it too. Answers the
 * service before and after; `change` answers `null` to leave it as it is.
 */
export const changeService = async (
  store: ReadModelStore,
  projection: string,
  change: (service: Service) => Service | null,
): Promise<{ readonly before: Service; readonly after: Service }> => {
  for (;;) {
    const before = await serviceOf(store, projection);
    const after = change(before);
    if (after === null) return { before, after: before };
    if (await store.changeService(projection, after)) return { before, after };
  }
};

/** The service of the projection; makes the first one. */
export const serviceOf = async (store: ReadModelStore, projection: string): Promise<Service> => {
  for (;;) {
    const service = await store.service(projection);
    if (service !== null) return service;
    await store.changeService(projection, firstService);
  }
};
