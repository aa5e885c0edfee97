export * from './views.js';
export * from './requests.js';
export * from './frames.js';
export * from './errors.js';
export * from './limits.js';
export * from './http.js';
