import { createRoomControl, type LiveKitKeys } from '@streamus/platform';

/** What is wrong with a LiveKit that somebody else runs, in a sentence that names the settings; null: nothing. */
export async function livekitTrouble(url: string, keys: LiveKitKeys): Promise<string | null> {
  if (await createRoomControl(url.replace(/^ws/, 'http'), keys).reachable()) return null;
  return (
    `LiveKit at ${url} does not answer, or does not accept our key. Check LIVEKIT_URL, LIVEKIT_API_KEY and ` +
    'LIVEKIT_API_SECRET. Studios open all the same; pictures and sound come as soon as it answers.'
  );
}
