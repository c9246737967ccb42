import type { StudioSession } from '@streamus/client';
import type { ErrorCode } from '@streamus/contracts';
import type { StudioCommand } from '@streamus/studio';

/** The server takes 40 commands of a tab at once and 20 a second after that; some are left for what else one does. */
const AT_ONCE = 25;
const EVERY_MS = 70;

/** Gives many commands without being refused for their speed. Resolves with the first refusal, or null. */
export async function runPaced(
  session: StudioSession,
  commands: readonly StudioCommand[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ErrorCode | null> {
  const outcomes: Promise<ErrorCode | null>[] = [];
  let refused: ErrorCode | null = null;
  for (const [index, command] of commands.entries()) {
    if (signal.aborted || refused !== null) break;
    if (index >= AT_ONCE) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    outcomes.push(
      session.command(command).then((outcome) => {
        if (!outcome.ok) refused ??= outcome.code;
        return outcome.ok ? null : outcome.code;
      }),
    );
    onProgress(index + 1);
  }
  const codes = await Promise.all(outcomes);
  return codes.find((code) => code !== null) ?? null;
}
