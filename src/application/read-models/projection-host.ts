import type { EventLog, Position } from '../ports/event-log.js';
import type { Generation, ReadModelStore } from '../ports/read-model-store.js';
import type { Projection } from '../../projections/runtime/projection.js';
import {
  ProjectionRunner,
  RUNNER_DEFAULTS,
  type RunnerOptions,
  type RunnerStatus,
} from '../../projections/runtime/projection-runner.js';
import type { ReadModels } from './read-models.js';

const FIRST_GENERATION = 1;

/** Runs every projection's serving generation, each on its own: one that stops holds up no other. */
export class ProjectionHost {
  private readonly runners = new Map<string, ProjectionRunner>();

  constructor(
    private readonly projections: readonly Projection[],
    private readonly log: EventLog,
    private readonly store: ReadModelStore,
    private readonly readModels: ReadModels,
    private readonly options: RunnerOptions = RUNNER_DEFAULTS,
  ) {}

  /** Resolves when every read model can be read, at whatever position it has. */
  async start(): Promise<void> {
    for (const projection of this.projections) {
      const number = await this.servingNumber(projection.name);
      const generation: Generation = `${projection.name}__g${number}`;
      const runner = new ProjectionRunner(projection, generation, this.log, this.store, this.options);
      await runner.start();
      this.runners.set(projection.name, runner);
      this.readModels.serve(projection.name, generation, runner);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
  }

  get status(): readonly RunnerStatus[] {
    return [...this.runners.values()].map((runner) => runner.status);
  }

  /** Resolves when all read models hold everything up to the position; see `ProjectionRunner.reached`. */
  async reached(position: Position): Promise<void> {
    await Promise.all([...this.runners.values()].map((runner) => runner.reached(position)));
  }

  private async servingNumber(projection: string): Promise<number> {
    const first = { revision: 1, serving: FIRST_GENERATION, kept: null, candidate: null, last: FIRST_GENERATION };
    const service = (await this.store.service(projection)) ?? first;
    if (service === first) await this.store.changeService(projection, first);
    return (await this.store.service(projection))?.serving ?? FIRST_GENERATION;
  }
}
