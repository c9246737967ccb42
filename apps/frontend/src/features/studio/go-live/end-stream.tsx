'use client';
import { routes } from '@streamus/contracts';
import { Button } from '@streamus/ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { useDesk } from '../desk.tsx';
import { useHotkey } from '../keys/keys-context.tsx';
import { useStudio } from '../session-context.tsx';

/** Ending needs a second click, in the same place. Without one, the question goes away by itself. */
const QUESTION_MS = 6000;

export function EndStream() {
  const { t } = useTranslation('studio');
  const streamId = useStudio((view) => view.stream?.id ?? null);
  const { asksEnd, askEnd } = useDesk();
  const [ending, setEnding] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const hotkey = useHotkey('end-stream');
  const confirm = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!asksEnd) return;
    confirm.current?.focus();
    const timer = setTimeout(() => askEnd(false), QUESTION_MS);
    return () => clearTimeout(timer);
  }, [asksEnd, askEnd]);
  // The next stream does not begin with the question whether it shall end.
  useEffect(() => () => askEnd(false), [askEnd]);

  async function end() {
    if (streamId === null) return;
    askEnd(false);
    setEnding(true);
    setFailure(null);
    const result = await api(routes.endStream, { params: { streamId } });
    if (!result.ok && result.code !== 'stream_not_live') {
      setEnding(false);
      setFailure(t('live.endFailed', { reason: errorText(result.code) }));
    }
  }

  const white = 'bg-white text-[#b81826] hover:bg-[#fdebec]';
  if (asksEnd) {
    return (
      <div className="flex gap-2">
        <Button
          className="text-on-live hover:bg-live-hover hover:text-on-live"
          tone="ghost"
          onClick={() => askEnd(false)}
        >
          {t('live.keep')}
        </Button>
        <Button ref={confirm} className={white} onClick={() => void end()}>
          {t('live.endNow')}
        </Button>
      </div>
    );
  }
  return (
    <div className="flex items-center gap-2">
      {failure && (
        <span role="alert" className="text-xs">
          {failure}
        </span>
      )}
      <Button
        className={white}
        disabled={ending}
        aria-keyshortcuts={hotkey.aria}
        onClick={() => askEnd(true)}
      >
        {ending ? t('live.ending') : t('live.end')}
      </Button>
    </div>
  );
}
