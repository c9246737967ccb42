import { expect, test } from 'vitest';
import { readS3Settings } from './settings.ts';

const WHOLE = {
  S3_BUCKET: 'shows',
  S3_ENDPOINT: 'https://s3.example.org',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'very secret',
};

test('without settings, or with empty ones, objects are kept in a folder', () => {
  expect(readS3Settings({ PATH: '/bin' })).toBeNull();
  expect(readS3Settings({ S3_BUCKET: '', S3_ENDPOINT: '' })).toBeNull();
});

test('an endpoint of one’s own means the bucket is part of the path, Amazon’s is not', () => {
  expect(readS3Settings(WHOLE)).toMatchObject({ bucket: 'shows', region: 'us-east-1', pathStyle: true });
  const { S3_ENDPOINT, ...amazon } = WHOLE;
  expect(readS3Settings({ ...amazon, S3_REGION: 'eu-central-1' })).toMatchObject({
    endpoint: null,
    region: 'eu-central-1',
    pathStyle: false,
  });
  expect(readS3Settings({ ...WHOLE, S3_PATH_STYLE: '0' })?.pathStyle).toBe(false);
});

test('what is missing or wrong is named, all of it, and no value is shown', () => {
  expect(() => readS3Settings({ S3_ENDPOINT: 'ftp://nas' })).toThrow(
    'The settings of the S3 storage are not complete: S3_BUCKET is missing; S3_ENDPOINT must be an http:// or https:// address; S3_ACCESS_KEY_ID is missing; S3_SECRET_ACCESS_KEY is missing.',
  );
  expect(() => readS3Settings({ ...WHOLE, S3_BUCKET: 'Very Secret' })).toThrow(/^((?!Secret|secret).)*$/);
});

test('the secret does not show', () => {
  expect(JSON.stringify(readS3Settings(WHOLE))).not.toContain('very secret');
});
