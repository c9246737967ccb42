import { readFile } from 'node:fs/promises';
import { installedFont } from '@streamus/fonts/files';

export interface Answer {
  readonly body: string | Buffer;
  readonly contentType: string;
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
