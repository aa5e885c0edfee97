/** Injection tokens of what infrastructure shares: settings and the logger, no behaviour. */
export const CONFIG = Symbol('Config');
export const LIMITS_TOKEN = Symbol('Limits');
export const LOGGER = Symbol('Logger');
export const NODE_NAME = Symbol('NodeName');
