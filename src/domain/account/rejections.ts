export type AccountRejection = 'not-found' | 'already-registered';
