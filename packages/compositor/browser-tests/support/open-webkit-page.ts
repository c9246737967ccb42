import { createServer } from 'node:http';
import { freePort } from '@streamus/testkit/free-port';
import { startWebkit, type Webkit } from '@streamus/testkit/webkit';
import { bundle } from './open-page.ts';
import { fontAnswer } from './served-fonts.ts';

/** A blank page in a real WebKit that runs `entry`, workers and all. */
export async function openWebkitPage(entry: string): Promise<Pick<Webkit, 'evaluate' | 'close'>> {
  const files = await bundle(entry);
  const port = await freePort();
  const webkit = await startWebkit();
  const server = createServer(async ({ url = '/' }, response) => {
    const body = files.get(url);
    const type = url === '/' ? 'text/html' : 'text/javascript';
    const answer = body === undefined ? await fontAnswer(url) : { body, contentType: type };
    response.writeHead(answer === null ? 404 : 200, { 'Content-Type': answer?.contentType ?? 'text/plain' });
    response.end(answer?.body);
  });
  async function close(): Promise<void> {
    await webkit.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    // A name that counts as secure.
    await webkit.goto(`http://localhost:${port}/`);
    return { evaluate: webkit.evaluate, close };
  } catch (error) {
    await close();
    throw error;
  }
}
