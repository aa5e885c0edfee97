import type { RebuildProgress } from '../../application/read-models/rebuild.js';
import { grouped } from './printable.js';
import type { Terminal } from './terminal.js';

const BAR = 20;
/** Between two looks of a person, and between two lines of a log. */
const REFRESH_MS = 100;
const LINE_MS = 10_000;
/** Seconds before a rate means anything. */
const SETTLED_S = 1;

/** Shows how far a rebuild is: one line that changes on a terminal, a line every ten seconds elsewhere. */
export class ProgressLine {
  private readonly begun: number;
  private shown = -Infinity;
  private startedAt: number | null = null;
  private open = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly nowMs: () => number,
  ) {
    this.begun = nowMs();
  }

  show(progress: RebuildProgress): void {
    const now = this.nowMs();
    this.startedAt ??= progress.position;
    if (now - this.shown < (this.terminal.interactive ? REFRESH_MS : LINE_MS)) return;
    this.shown = now;
    const words = this.wordsOf(progress, (now - this.begun) / 1_000);
    if (this.terminal.interactive) {
      this.terminal.err(`\r\u001b[K${words}`);
      this.open = true;
    } else this.terminal.err(`${words}\n`);
  }

  /** Leaves the terminal at the beginning of an empty line. */
  end(): void {
    if (this.open) this.terminal.err('\r\u001b[K');
    this.open = false;
  }

  private wordsOf({ stage, generation, position, head, documents }: RebuildProgress, seconds: number): string {
    if (stage === 'comparing') return `Comparing ${generation}  ${grouped(documents)} documents`;
    const share = head === 0 ? 1 : Math.min(1, position / head);
    const rate = seconds > 0 ? (position - (this.startedAt ?? 0)) / seconds : 0;
    const left = rate > 0 ? `   left ${clock((head - position) / rate)}` : '';
    const bar = '#'.repeat(Math.round(share * BAR)).padEnd(BAR, '-');
    const part = `${String(Math.floor(share * 100)).padStart(3)}%   ${grouped(position)}/${grouped(head)}`;
    const speed = seconds < SETTLED_S ? '' : `   ${grouped(rate)}/s   elapsed ${clock(seconds)}${left}`;
    return `Building ${generation}  [${bar}] ${part}${speed}`;
  }
}

/** 3m07s, or 1h02m. */
const clock = (seconds: number): string => {
  const whole = Math.round(seconds);
  const two = (number: number): string => String(number).padStart(2, '0');
  if (whole < 60) return `${whole}s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  return `${Math.floor(whole / 3_600)}h${two(Math.floor((whole % 3_600) / 60))}m`;
};
