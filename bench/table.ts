import type { Figure, Measurement } from './figures.js';

const numberOf = (value: number): string => {
  if (value === 0) return '0';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

/** `12.3 (11.0–14.2)`; a figure that never varied is one number. */
const cellOf = (figure: Figure | undefined): string => {
  if (!figure) return '';
  const { median, min, max } = figure;
  return min === max ? numberOf(median) : `${numberOf(median)} (${numberOf(min)}–${numberOf(max)})`;
};

/** One scenario: a row for each figure, a column for each load. */
export const tableOf = (measurements: readonly Measurement[]): string => {
  const measured = measurements.filter(({ figures }) => Object.keys(figures).length > 0);
  const names = [...new Set(measured.flatMap(({ figures }) => Object.keys(figures)))];
  const rows = [
    ['', ...measured.map(({ load }) => load)],
    ...names.map((name) => [name, ...measured.map(({ figures }) => cellOf(figures[name]))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  const notes = measurements.flatMap(({ load, note }) => (note === undefined ? [] : [`${load}: ${note}`]));
  const scenario = measurements[0]?.scenario ?? '';
  return [scenario, ...(measured.length > 0 ? lines : []), ...notes].map((line) => line.trimEnd()).join('\n') + '\n';
};
