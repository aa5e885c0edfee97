import { RUNNER_DEFAULTS } from '../../projections/runtime/projection-runner.js';
import type { Projection } from '../../projections/runtime/projection.js';
import { withinTime } from '../actors/within-time.js';
import type { Position } from '../ports/event-log.js';
import type { Service } from '../ports/read-model-store.js';
import { Projector, RENEW_MS, type ProjectorParts, type ProjectorStatus } from './projector.js';
import type { ReadModels } from './read-models.js';
import { changeService, generationOf, serviceOf, withoutKept } from './service.js';

export type HostParts = Omit<ProjectorParts, 'options'> & {
  readonly options?: ProjectorParts['options'];
  /** Milliseconds between two looks at leases and services. */
  readonly renewMs?: number;
  readonly warn?: (message: string, error: unknown) => void;
};

/** How long readers stay with a generation while the one that replaces it comes level. */
const LEVEL_MS = 2_000;

/** One projection with its generations that are followed here: the serving one, and the one that served before while it is kept. */
interface Hosted {
  readonly projection: Projection;
  readonly projectors: Map<number, Projector>;
  serving: Projector;
}

/**
 * Follows the generations of every projection, each on its own: one that stops holds up no other. Notices within a renewal when another
 * generation was made to serve, here or by anybody else.
 */
export class ProjectionHost {
  private readonly hosted: Hosted[] = [];
  private readonly parts: ProjectorParts;
  private timer: NodeJS.Timeout | null = null;
  private renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly projections: readonly Projection[],
    private readonly readModels: ReadModels,
    private readonly given: HostParts,
  ) {
    this.parts = { ...given, options: given.options ?? RUNNER_DEFAULTS };
  }

  /** Resolves when every read model can be read, at whatever position it has. */
  async start(): Promise<void> {
    this.hosted.push(...(await Promise.all(this.projections.map((projection) => this.open(projection)))));
    this.renewSoon();
  }

  async stop(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.renewing;
    await Promise.all(this.hosted.flatMap(({ projectors }) => [...projectors.values()].map((one) => one.stop())));
  }

  /** Of the serving generations. */
  get status(): readonly ProjectorStatus[] {
    return this.hosted.map(({ serving }) => serving.status);
  }

  /** Resolves when all read models hold everything up to the position; see `ProjectionRunner.reached`. */
  async reached(position: Position): Promise<void> {
    await Promise.all(this.hosted.map(({ serving }) => serving.reached(position)));
  }

  private async open(projection: Projection): Promise<Hosted> {
    const { serving } = await serviceOf(this.parts.store, projection.name);
    const projector = await this.projector(projection, serving);
    this.readModels.serve(projection.name, projector.generation, projector);
    return { projection, projectors: new Map([[serving, projector]]), serving: projector };
  }

  private async projector(projection: Projection, number: number): Promise<Projector> {
    const projector = new Projector(projection, generationOf(projection.name, number), this.parts);
    await projector.start();
    return projector;
  }

  private renewSoon(): void {
    this.timer = setTimeout(() => {
      this.renewing = this.renewAll().then(() => {
        if (this.timer) this.renewSoon();
      });
    }, this.given.renewMs ?? RENEW_MS);
  }

  private async renewAll(): Promise<void> {
    await Promise.all(
      this.hosted.map(async (hosted) => {
        try {
          await this.follow(hosted, await serviceOf(this.parts.store, hosted.projection.name));
          await Promise.all([...hosted.projectors.values()].map((projector) => projector.renew()));
        } catch (error) {
          this.given.warn?.(`projection ${hosted.projection.name}: the read-model store does not answer`, error);
        }
      }),
    );
  }

  /** Begins and ends to follow generations as the service says now. */
  private async follow(hosted: Hosted, service: Service): Promise<void> {
    const { projection, projectors } = hosted;
    const { serving, kept } = service;
    const expired = kept !== null && kept.until <= this.parts.clock.now();
    for (const number of [serving, ...(kept && !expired ? [kept.number] : [])])
      if (!projectors.has(number)) projectors.set(number, await this.projector(projection, number));
    const next = projectors.get(serving);
    if (next && next !== hosted.serving) {
      const { position } = hosted.serving.status;
      await withinTime(next.reached(position), LEVEL_MS, () => undefined);
      // One that is behind would take from people what they have seen already: the next renewal tries again.
      if (next.status.position >= position) {
        this.readModels.serve(projection.name, next.generation, next);
        hosted.serving = next;
      }
    }
    for (const [number, projector] of projectors)
      if (projector !== hosted.serving && number !== serving && (number !== kept?.number || expired)) {
        projectors.delete(number);
        await projector.stop();
      }
    if (expired) await this.dropKept(projection.name, kept.number);
  }

  /** Of several nodes one takes it off the service, and drops it. */
  private async dropKept(projection: string, number: number): Promise<void> {
    const { store } = this.parts;
    const forget = (service: Service): Service | null =>
      service.kept?.number === number && service.kept.until <= this.parts.clock.now() ? withoutKept(service) : null;
    const { before, after } = await changeService(store, projection, forget);
    if (before !== after) await store.drop(generationOf(projection, number));
  }
}
