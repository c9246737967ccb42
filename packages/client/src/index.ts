export * from './api.ts';
export { createStudioSession } from './create-session.ts';
export { createDevicePreview } from './preview.ts';
export type * from './session.ts';
