import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { installedFont } from '@streamus/fonts/files';

interface Answer {
  readonly body: string | Buffer;
  readonly contentType: string;
}

/** Answers the page about fonts as the API does, once `when` is done. */
export async function serveFonts(
  page: Page,
  when: () => Promise<void> = async () => undefined,
): Promise<void> {
  await page.route('**/api/v1/fonts/**', async (route) => {
    await when();
    const answer = await fontAnswer(new URL(route.request().url()).pathname);
    await route.fulfill(answer ?? { status: 404 });
  });
}

/** What the API answers about fonts under this path; null: nothing. */
export async function fontAnswer(path: string): Promise<Answer | null> {
  const [, api, v1, fonts, id = '', version, name] = path.split('/');
  if (`${api}/${v1}/${fonts}` !== 'api/v1/fonts') return null;
  const font = await installedFont(id);
  if (font === null) return null;
  if (version === undefined) {
    const faces = font.files.map((file) => ({
      path: `/api/v1/fonts/${id}/${font.version}/${file.name}`,
      unicodeRange: file.unicodeRange,
    }));
    return { body: JSON.stringify({ faces }), contentType: 'application/json' };
  }
  const file = font.files.find((one) => one.name === name);
  return file === undefined ? null : { body: await readFile(file.path), contentType: file.contentType };
}
