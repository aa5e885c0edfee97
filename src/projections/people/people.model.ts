/** One person with an account; key: the user id. */
export interface PersonDocument {
  readonly id: string;
  readonly login: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly enabled: boolean;
  readonly terms: readonly string[];
}
