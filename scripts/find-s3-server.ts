import { buildGoTool, cachedTool, type GoTool } from '../apps/launcher/src/build-go-tool.ts';
import { findProgram } from '../apps/launcher/src/system-packages.ts';

/** What tools/versitygw/go.mod pins. */
const versitygw: GoTool = {
  name: 'versitygw',
  version: '1.8.0',
  purpose: 'the tests store recordings on a real S3 server',
  minutes: 2,
  program: 'versitygw',
  module: 'versitygw',
  package: 'github.com/versity/versitygw/cmd/versitygw',
};

/** Path of an S3 server for the tests: the one on PATH, else the one in the user's cache, built when it is missing. */
export async function findS3Server(): Promise<string> {
  return findProgram(versitygw.program) ?? cachedTool(versitygw, (folder) => buildGoTool(versitygw, folder));
}
