import { CLOSE } from '../../../src/application/protocol/index.js';

export type Comeback = (typeof CLOSE)[keyof typeof CLOSE]['again'];

const BY_CODE = new Map<number, Comeback>(Object.values(CLOSE).map(({ code, again }) => [code, again]));

/** Whether and how to come back after a close code; codes that the protocol does not name are a broken network. */
export const comebackAfter = (code: number): Comeback => BY_CODE.get(code) ?? 'later';
