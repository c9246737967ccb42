import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkPorts } from './check-ports.ts';
import { openFrontDoor, placeOf } from './front-door.ts';
import { livekitConfig } from './livekit-config.ts';
import { readSettings } from './settings.ts';

async function serverSaying(name: string): Promise<{ url: string; port: number }> {
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ name, url: request.url, headers: request.headers }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

describe('ports', () => {
  it('that are taken are named with their purpose and the setting that moves them', async () => {
    const { port } = await serverSaying('other');
    const use = { port, protocol: 'tcp', purpose: 'API', setting: 'BACKEND_PORT' } as const;
    await expect(checkPorts([use])).rejects.toThrow(`${port} (API; move it with BACKEND_PORT=…)`);
  });
});

describe('the front door', () => {
  it.each([
    ['/api/v1/health', 'backend'],
    ['/api/docs', 'backend'],
    ['/rtc', 'livekit'],
    ['/rtc/v1?access_token=x', 'livekit'],
    ['/rtc?access_token=x', 'livekit'],
    ['/', 'pages'],
    ['/rtcetera', 'pages'],
    ['/apiary', 'pages'],
  ])('sends %s to %s', (path, place) => {
    expect(placeOf(path)).toBe(place);
  });

  it('passes on the host people typed and believes no forwarding header of a client', async () => {
    const backend = await serverSaying('backend');
    const free = await serverSaying('port');
    const door = await openFrontDoor({
      host: '127.0.0.1',
      port: 0,
      certificate: null,
      backend: backend.url,
      pages: free.url,
      livekit: free.url,
    });
    onTestFinished(() => door.close());
    const answer = await fetch(`http://127.0.0.1:${door.port}/api/v1/health`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-for': '1.2.3.4' },
    });
    const { headers } = JSON.parse(await answer.text());
    expect(headers['x-forwarded-host']).toBe(`127.0.0.1:${door.port}`);
    expect(headers['x-forwarded-for']).not.toContain('1.2.3.4');
  });

  it('uses no connection again that may just have been closed behind it, and keeps the browser’s own', async () => {
    const served = new WeakSet<Socket>();
    const moody = createServer(({ socket }, response) => {
      if (served.has(socket)) socket.destroy();
      else response.end('whole');
      served.add(socket);
    });
    await new Promise<void>((resolve) => moody.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void moody.close());
    const url = `http://127.0.0.1:${(moody.address() as AddressInfo).port}`;
    const door = await openFrontDoor({
      ...{ host: '127.0.0.1', port: 0, certificate: null },
      ...{ backend: url, pages: url, livekit: url },
    });
    onTestFinished(() => door.close());
    for (let time = 0; time < 3; time += 1) {
      const answer = await fetch(`http://127.0.0.1:${door.port}/chunk.js`);
      expect([answer.status, await answer.text()]).toEqual([200, 'whole']);
      expect(answer.headers.get('connection')).toBe('keep-alive');
    }
  });

  it('answers with words while a part is down', async () => {
    const door = await openFrontDoor({
      host: '127.0.0.1',
      port: 0,
      certificate: null,
      backend: 'http://127.0.0.1:9',
      pages: 'http://127.0.0.1:9',
      livekit: 'http://127.0.0.1:9',
    });
    onTestFinished(() => door.close());
    const answer = await fetch(`http://127.0.0.1:${door.port}/api/v1/health`);
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('in a moment')]);
  });
});

describe('settings', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'streamus-settings-'));
  afterAll(() => rmSync(dataFolder, { recursive: true }));
  const settingsWith = (env: Record<string, string>, args: string[] = []) =>
    readSettings(args, { DATA_DIR: dataFolder, ...env });

  it('keep LiveKit on loopback and away from third parties when people come by localhost', () => {
    const config = JSON.stringify(livekitConfig(settingsWith({}), ['127.0.0.1']));
    expect(config).toContain('"node_ip":"127.0.0.1"');
    expect(config).toContain('"stun_servers":["127.0.0.1:7882"]');
    expect(config).toContain('"enable_loopback_candidate":true');
  });

  it('leave the way to browsers to them where LiveKit has the address it announces, and not behind a NAT', () => {
    const settings = settingsWith({ PUBLIC_URL: 'https://192.0.2.7:3001' }, ['--tls']);
    const withAddresses = (...own: string[]) => livekitConfig(settings, ['127.0.0.1', ...own]);
    expect(withAddresses('192.0.2.7')).toMatchObject({ rtc: { node_ip: '192.0.2.7', use_ice_lite: true } });
    expect(withAddresses('10.0.0.5')).toMatchObject({ rtc: { node_ip: '192.0.2.7', use_ice_lite: false } });
  });

  it('need to know where media goes when the public address is a name', () => {
    expect(() => settingsWith({ PUBLIC_URL: 'https://studio.example.org' })).toThrow(/LIVEKIT_NODE_IP/);
    const settings = settingsWith({ PUBLIC_URL: 'https://192.0.2.7:3001' }, ['--tls']);
    expect([settings.nodeIp, settings.tls]).toEqual(['192.0.2.7', 'self-signed']);
  });

  it('refuse nonsense in words', () => {
    expect(() => settingsWith({ PORT: 'http' })).toThrow('PORT must be a port number');
    expect(() => settingsWith({ PUBLIC_URL: 'studio' })).toThrow('PUBLIC_URL must be');
    expect(() => settingsWith({ TLS_CERT_FILE: '/x' })).toThrow(/belong together/);
  });

  it('make the same secrets once and show them nowhere', () => {
    const first = settingsWith({});
    const second = settingsWith({});
    expect(second.secrets.jwt.reveal()).toBe(first.secrets.jwt.reveal());
    expect(JSON.stringify(first)).not.toContain(first.secrets.jwt.reveal());
  });
});
