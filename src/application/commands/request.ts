import { asId, type CommandId } from '../../domain/kernel/ids.js';
import type { Device } from '../../domain/presence/index.js';
import { uuidv5 } from '../actors/uuid.js';
import type { Principal } from '../authorization/policy.js';

/** One intention of one principal, from whichever door it came. */
export interface Request {
  readonly principal: Principal;
  /** The id that the client gave, kept for every retry. UUID. */
  readonly id: string;
  readonly correlationId: string;
  /** What it was asked from, where that is known. */
  readonly device?: Device;
}

/** A command's id belongs to its principal: nobody can repeat, or block, another's by using the same id. */
export const commandIdOf = ({ principal, id }: Request, part = ''): CommandId =>
  asId<CommandId>(uuidv5(id, principal.kind === 'user' ? principal.userId + part : principal.kind + part));
