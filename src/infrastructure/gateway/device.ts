import type { DeviceKind } from '../../application/protocol/index.js';

/** By what browsers say of themselves, the narrower first; whatever is none of these is a computer. */
const KINDS: readonly (readonly [DeviceKind, RegExp])[] = [
  ['tablet', /iPad|Tablet|PlayBook|Silk\/|Android(?!.*Mobile)/],
  ['phone', /Mobi|iPhone|iPod|Android/],
];

export const deviceOf = (userAgent: string | undefined): DeviceKind =>
  KINDS.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0] ?? 'computer';
