import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** Writes one PEM file with the usual certificates and the operator's own, for programs that take one file only. */
export async function writeCaFile(folder: string, extraFile: string | null): Promise<string> {
  const extra = extraFile === null ? '' : await readFile(extraFile, 'utf8');
  const path = join(folder, 'ca.pem');
  await writeFile(path, `${[...rootCertificates, extra].join('\n')}\n`);
  return path;
}
