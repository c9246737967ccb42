/** Plays everybody's sound; the programme's own is never among it, it would be an echo. */
export function createAudioPlayers() {
  const elements = new Map<string, HTMLAudioElement>();
  return {
    add(sid: string, track: MediaStreamTrack): void {
      const element = new Audio();
      element.autoplay = true;
      element.srcObject = new MediaStream([track]);
      elements.set(sid, element);
      // Refused before a user gesture: `play()` below is called from the next one.
      element.play().catch(() => undefined);
    },
    remove(sid: string): void {
      const element = elements.get(sid);
      elements.delete(sid);
      if (element) element.srcObject = null;
    },
    clear(): void {
      for (const element of elements.values()) element.srcObject = null;
      elements.clear();
    },
    async play(): Promise<void> {
      await Promise.allSettled([...elements.values()].map((element) => element.play()));
    },
  };
}
