import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { GoTool } from './build-go-tool.ts';
import { bringTool } from './find-livekit.ts';

const PROGRAM = '#!/bin/sh\necho a server\n';
const tool: GoTool = {
  ...{ name: 'Server', version: '1.0.0', purpose: 'it serves', minutes: 1 },
  ...{ program: 'a-server', module: 'a-server', package: 'example.org/a-server' },
};

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'streamus-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A release with this program in it, as vendors pack them. */
function archiveWith(program: string): Buffer {
  const folder = newFolder();
  writeFileSync(join(folder, program), PROGRAM);
  writeFileSync(join(folder, 'LICENSE'), 'as you like');
  return execFileSync('tar', ['-cz', '-C', folder, 'LICENSE', program]);
}

/** The address of a vendor that offers these files and has no others. */
async function vendorWith(files: Readonly<Record<string, Buffer>>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[request.url ?? ''];
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function expectProgram(folder: string): void {
  expect(readdirSync(folder)).toEqual([tool.program]);
  const path = join(folder, tool.program);
  expect(readFileSync(path, 'utf8')).toBe(PROGRAM);
  accessSync(path, constants.X_OK);
}

test('the vendor’s release is checked, unpacked and can be run; nothing is built', async () => {
  const bytes = archiveWith(tool.program);
  const vendor = { url: `${await vendorWith({ '/r.tar.gz': bytes })}/r.tar.gz`, sha256: sha256(bytes) };
  const [folder, build] = [newFolder(), vi.fn()];
  await bringTool(tool, folder, { named: undefined, vendor, build });
  expectProgram(folder);
  expect(build).not.toHaveBeenCalled();
});

test.each([
  ['has another checksum', '/r.tar.gz', 'f'.repeat(64)],
  ['is not there', '/gone.tar.gz', 'f'.repeat(64)],
  ['lacks the program', '/other.tar.gz', null],
  ['is no archive', '/text.tar.gz', null],
])('a vendor’s release that %s leaves nothing behind, and the program is built', async (_, path, wrong) => {
  const files: Readonly<Record<string, Buffer>> = {
    '/r.tar.gz': archiveWith(tool.program),
    '/other.tar.gz': archiveWith('another'),
    '/text.tar.gz': Buffer.from('not found'),
  };
  const vendor = {
    url: `${await vendorWith(files)}${path}`,
    sha256: wrong ?? sha256(files[path] ?? Buffer.of()),
  };
  const [folder, build] = [newFolder(), vi.fn()];
  await bringTool(tool, folder, { named: undefined, vendor, build });
  expect(readdirSync(folder)).toEqual([]);
  expect(build).toHaveBeenCalledOnce();
});

test('where there is no network or no release for the machine, it is built', async () => {
  const build = vi.fn();
  const vendor = { url: `${await addressOfNobody()}/r.tar.gz`, sha256: 'f'.repeat(64) };
  await bringTool(tool, newFolder(), { named: undefined, vendor, build });
  await bringTool(tool, newFolder(), { named: undefined, vendor: undefined, build });
  expect(build).toHaveBeenCalledTimes(2);
});

test('what the operator names may be the program itself, and is never replaced by something else', async () => {
  const bytes = Buffer.from(PROGRAM);
  const base = await vendorWith({ '/a-server': bytes });
  const [folder, build] = [newFolder(), vi.fn()];
  const named = { url: `${base}/a-server`, sha256: sha256(bytes).toUpperCase() };
  await bringTool(tool, folder, { named, vendor: undefined, build });
  expectProgram(folder);

  const wrong = { ...named, sha256: '' };
  const taken = bringTool(tool, newFolder(), { named: wrong, vendor: named, build });
  await expect(taken).rejects.toThrow('It was thrown away.');
  const missing = { url: `${base}/missing`, sha256: sha256(bytes) };
  await expect(bringTool(tool, newFolder(), { named: missing, vendor: named, build })).rejects.toThrow(
    'answers 404',
  );
  expect(build).not.toHaveBeenCalled();
});
