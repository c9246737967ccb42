'use client';
import { Button, cn } from '@streamus/ui';
import { Mic, MicOff } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson, useStudioPlace } from '../session-context.tsx';

/** Whether somebody is heard; a click mutes them, or switches one's own microphone. */
export const PersonMicrophone = memo(function PersonMicrophone({
  id,
  name,
  you,
}: {
  id: string;
  name: string;
  you: boolean;
}) {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const on = usePerson(id, (person) => person.microphoneOn) ?? false;
  const person = usePerson(id, (view) => view.id);
  if (person === null) return null;
  const label = you
    ? on
      ? t('person.muteSelf')
      : t('person.unmuteSelf')
    : on
      ? t('person.mute', { name })
      : t('person.isMuted', { name });
  return (
    <Button
      tone="ghost"
      size="icon-sm"
      className={cn('size-6 disabled:opacity-100 data-[disabled]:opacity-100', !on && 'text-live-ink')}
      aria-label={label}
      title={label}
      disabled={!on && !you}
      onClick={() => {
        if (you) void session.setMicrophone(!on);
        else void session.command({ type: 'mute-person', person });
      }}
    >
      {on ? <Mic aria-hidden /> : <MicOff aria-hidden />}
    </Button>
  );
});
