/** Injection tokens of the ports: an interface has no name at run time. */
export const CLOCK = Symbol('Clock');
export const CREDENTIAL_STORE = Symbol('CredentialStore');
export const DIRECTORY = Symbol('Directory');
export const EVENT_LOG = Symbol('EventLog');
export const KEY_STORE = Symbol('KeyStore');
export const LEASE_STORE = Symbol('LeaseStore');
export const PASSWORD_AUTHENTICATOR = Symbol('PasswordAuthenticator');
export const PASSWORD_HASHER = Symbol('PasswordHasher');
export const RANDOMNESS = Symbol('Randomness');
export const READ_MODEL_STORE = Symbol('ReadModelStore');
export const SESSION_STORE = Symbol('SessionStore');
export const SNAPSHOT_STORE = Symbol('SnapshotStore');
