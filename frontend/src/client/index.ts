export * from './client.js';
export * from './view-state.js';
