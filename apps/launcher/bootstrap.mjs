// Runs on whatever Node the machine has (20 or newer) and hands over to the pinned Node and pnpm, which it brings
// from the package registry into the user's cache. No dependency, no build: this is the first line of code to run.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const NODE_VERSION = '24.21.0';
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const PNPM_VERSION = manifest.packageManager.split('@')[1];
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'streamus');

const say = (text) => process.stdout.write(`${text}\n`);
function fail(text) {
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

/** The package of the npm project "node" that carries the binary for this machine. */
function nodePackage() {
  const arch =
    process.arch === 'arm64' && process.platform === 'darwin'
      ? 'bin-darwin-arm64'
      : `${process.platform}-${process.arch}`;
  return `node-${arch}`;
}

/** Installs registry packages into a folder of their own, which appears only when it is complete. */
function bring(name, packages, why) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  say(`Fetching ${packages.join(' and ')} into ${cache}: ${why}`);
  mkdirSync(cache, { recursive: true });
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial);
  writeFileSync(join(partial, 'package.json'), '{"private":true}\n');
  const npm = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      partial,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--loglevel=error',
      ...packages,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (npm.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    fail(
      `Could not fetch ${packages.join(', ')} from the npm registry. Check the network connection and try again.`,
    );
  }
  try {
    renameSync(partial, folder);
  } catch (error) {
    // Another start was quicker.
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function findNode() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`StreamUs needs Node 20 or newer; this is ${process.versions.node}.`);
  if (process.versions.node === NODE_VERSION) return process.execPath;
  const name = nodePackage();
  const folder = bring(
    `node-${NODE_VERSION}`,
    [`${name}@${NODE_VERSION}`],
    `this is Node ${process.versions.node}, StreamUs runs on ${NODE_VERSION}.`,
  );
  return join(folder, 'node_modules', name, 'bin', 'node');
}

function installDependencies(node) {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  const state = createHash('sha256').update(lock).update(NODE_VERSION).digest('hex');
  const marker = join(root, 'node_modules', '.streamus-installed');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === state) return;
  const folder = bring(
    `pnpm-${PNPM_VERSION}`,
    [`pnpm@${PNPM_VERSION}`],
    'it installs the libraries StreamUs is made of.',
  );
  say('Installing libraries (a minute the first time, seconds later)…');
  const pnpm = spawnSync(
    node,
    [
      join(folder, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs'),
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--reporter=append-only',
      '--loglevel=warn',
    ],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CI: 'true', PATH: `${dirname(node)}:${process.env.PATH}` },
    },
  );
  if (pnpm.status !== 0) fail('Installing the libraries failed; the lines above say why.');
  writeFileSync(marker, state);
}

const node = findNode();
installDependencies(node);
// Ctrl-C reaches the whole foreground group; the launcher decides when to end, this process only waits. Other signals
// reach this process alone and are passed on.
process.on('SIGINT', () => {});
const launcher = spawn(node, [join(root, 'apps', 'launcher', 'src', 'main.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    // Every process of a show begins sooner: half the time until it works goes into compiling its modules.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cache, 'compiled'),
  },
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => launcher.kill(signal));
// npm's shell does not pass on a signal that ends it; losing it means the same.
const parent = process.ppid;
setInterval(() => process.ppid === parent || launcher.kill('SIGTERM'), 1000).unref();
launcher.once('error', (error) => fail(`The launcher could not start: ${error.message}`));
launcher.once('exit', (code) => process.exit(code ?? 1));
