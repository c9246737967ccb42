import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { LaunchError } from './launch-error.ts';
import { ownAddresses } from './own-addresses.ts';
import type { Settings } from './settings.ts';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

const VALID_DAYS = 397;

/** The certificate of the front door, or null without TLS. A self-signed one is made once and kept. */
export async function loadCertificate(settings: Settings): Promise<Certificate | null> {
  if (settings.tls === 'off') return null;
  if (settings.tls !== 'self-signed') {
    try {
      return {
        cert: readFileSync(settings.tls.certFile, 'utf8'),
        key: readFileSync(settings.tls.keyFile, 'utf8'),
      };
    } catch (error) {
      throw new LaunchError(
        `The TLS certificate cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  const path = join(settings.dataFolder, 'self-signed.json');
  if (!existsSync(path))
    writeFileSync(path, JSON.stringify(await makeCertificate(settings)), { mode: 0o600 });
  const stored: Certificate = JSON.parse(readFileSync(path, 'utf8'));
  return stored;
}

async function makeCertificate(settings: Settings): Promise<Certificate> {
  const addresses = ownAddresses();
  const names = new Set([
    'localhost',
    hostname(),
    ...(settings.publicUrl ? [settings.publicUrl.hostname] : []),
  ]);
  const isIp = (text: string) => /^[\d.]+$|:/.test(text);
  const pair = await generate([{ name: 'commonName', value: 'StreamUs on this machine' }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...[...names].filter((name) => !isIp(name)).map((value) => ({ type: 2 as const, value })),
          ...[...addresses, ...[...names].filter(isIp)].map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { cert: pair.cert, key: pair.private };
}
