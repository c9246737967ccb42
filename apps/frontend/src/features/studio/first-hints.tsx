'use client';
import { Button } from '@streamus/ui';
import { Lightbulb, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import { useStudio } from './session-context.tsx';

const hintSchema = z.enum(['stage', 'invite', 'live']);
type Hint = z.infer<typeof hintSchema>;
const KEY = 'streamus.hints-done';

/** Three hints for the first show, one at a time; each is gone for good once used or waved away. */
export function FirstHints() {
  const { t } = useTranslation('studio');
  const [done, setDone] = useState<readonly Hint[]>(() => recall(KEY, z.array(hintSchema)) ?? []);
  const staged = useStudio((view) => (view.document?.stage.length ?? 0) > 0);
  const company = useStudio((view) => view.people.filter((person) => person.connected).length > 1);
  const live = useStudio((view) => view.stream?.status === 'live');

  const used: Hint[] = [];
  if (staged) used.push('stage');
  if (company) used.push('invite');
  if (live) used.push('live');
  const fresh = used.filter((hint) => !done.includes(hint)).join();
  useEffect(() => {
    if (fresh === '') return;
    setDone((now) => {
      const next = [...now, ...z.array(hintSchema).parse(fresh.split(','))];
      remember(KEY, next);
      return next;
    });
  }, [fresh]);

  const hint = hintSchema.options.find((option) => !done.includes(option) && !used.includes(option));
  if (hint === undefined) return null;
  return (
    <p className="absolute bottom-4 left-3 hidden max-w-[22rem] items-center gap-2 text-muted text-xs xl:flex">
      <Lightbulb aria-hidden className="size-4 shrink-0 text-warn" />
      {t(`hint.${hint}`)}
      <Button
        tone="ghost"
        size="icon-sm"
        aria-label={t('dismiss', { ns: 'common' })}
        onClick={() => {
          remember(KEY, [...done, hint]);
          setDone([...done, hint]);
        }}
      >
        <X aria-hidden />
      </Button>
    </p>
  );
}
