import { brandFonts, fallbackFonts } from '@streamus/fonts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BackendUnderTest, startBackendUnderTest } from './backend-under-test.ts';

let backend: BackendUnderTest;
beforeAll(async () => {
  backend = await startBackendUnderTest();
});
afterAll(() => backend.close());

it.each([...brandFonts, ...fallbackFonts])(
  '$family is served, every file of it, to be kept',
  async ({ id }) => {
    const { body } = await backend.caller().call('GET', `/fonts/${id}`);
    expect(body.faces.length).toBeGreaterThan(1);
    for (const { path } of body.faces) {
      const response = await fetch(backend.origin + path);
      const bytes = Buffer.from(await response.arrayBuffer());
      const header = (name: string) => response.headers.get(name);
      const signature = header('content-type') === 'font/woff2' ? 'wOF2' : 'wOFF';
      expect([response.status, bytes.subarray(0, 4).toString('latin1')]).toEqual([200, signature]);
      expect(header('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(header('access-control-allow-origin')).toBe('*');
      expect(header('content-length')).toBe(String(bytes.length));
    }
  },
);

it('nothing but the files of the catalogue is served', async () => {
  const { body } = await backend.caller().call('GET', '/fonts/inter');
  const [{ path }] = body.faces;
  const version = path.split('/')[5];
  for (const wrong of [
    '/fonts/comic-sans',
    '/fonts/system',
    path.replace('/api/v1', '').replace(version, '0.0.1'),
    `/fonts/inter/${version}/..%2f..%2fpackage.json`,
    `/fonts/inter/${version}/inter-latin-wght-italic.woff2`,
    '/fonts/..%2finter',
  ]) {
    expect([wrong, (await backend.caller().call('GET', wrong)).status]).toEqual([wrong, 404]);
  }
});
