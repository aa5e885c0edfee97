/** Where the application takes what nobody must guess. */
export interface Randomness {
  uuid(): string;
  /** 256 bits as base64url: a secret to hand out once. */
  token(): string;
}
