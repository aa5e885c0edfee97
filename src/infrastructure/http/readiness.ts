import type { RunnerStatus } from '../../projections/runtime/projection-runner.js';

export const READINESS = Symbol('Readiness');

export interface ReadinessReport {
  readonly status: 'ready' | 'degraded';
  readonly log: {
    readonly status: 'ready' | 'unavailable';
    readonly position: number | null;
    readonly reason?: string;
  };
  /** Whether the read-model store answers. */
  readonly readModels: { readonly status: 'ready' | 'unavailable'; readonly reason?: string };
  readonly live: { readonly status: string; readonly position: number; readonly reason: string | null };
  readonly projections: readonly (RunnerStatus & { readonly lag: number | null })[];
}

export interface Readiness {
  report(): Promise<ReadinessReport>;
}
