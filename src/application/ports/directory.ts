import type { UserId } from '../../domain/kernel/ids.js';
import type { Erasable } from '../../domain/kernel/message.js';

export interface Person {
  readonly id: UserId;
  /** `null`: erased. */
  readonly name: Erasable<string>;
  readonly email: Erasable<string>;
  readonly enabled: boolean;
}

/** The people of the organisation. */
export interface Directory {
  /**
   * Enabled people one of whose words (name, login, address) begins with each word of the text, accents and case aside; ordered by name. At
   * most `limit`; `excluding` is never among them. Wildcards have no meaning.
   */
  find(text: string, options: { readonly limit: number; readonly excluding: UserId }): Promise<readonly Person[]>;
  /** Those of the ids that are known, disabled ones too, in no order. */
  people(ids: readonly UserId[]): Promise<readonly Person[]>;
}
