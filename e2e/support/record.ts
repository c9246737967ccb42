import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** Goes live without a composer until there is something to see, which is the slate, and ends the stream. */
export async function recordTheSlate(page: Page, studioId: string, title: string): Promise<void> {
  const call = (method: string, path: string, body?: object) =>
    page.evaluate(
      async (wish) => {
        const answer = await fetch(`/api/v1${wish.path}`, {
          method: wish.method,
          headers: { 'content-type': 'application/json' },
          ...(wish.body === undefined ? {} : { body: JSON.stringify(wish.body) }),
        });
        return answer.json();
      },
      { method, path, body },
    );
  const { stream } = await call('POST', `/studios/${studioId}/streams`, { title });
  await call('POST', `/streams/${stream.id}/go-live`);
  await expect
    .poll(async () => (await call('GET', `/watch/${stream.id}`)).playlist, { timeout: 60_000 })
    .not.toBeNull();
  await call('POST', `/streams/${stream.id}/end`);
}
