export { folderObjectStore } from './folder-store.ts';
export { type ObjectStore, ObjectStoreError, removeAll, type StoredObject } from './object-store.ts';
export { type S3Settings, s3ObjectStore } from './s3-store.ts';
export { checkAtStart, openObjectStore, readS3Settings } from './settings.ts';
