'use client';
import { Button, Notice, Select, TextField } from '@streamus/ui';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { errorText } from '@/i18n/i18n.ts';
import { copyText } from '@/lib/copy-text.ts';
import { dayAndTime } from '@/lib/times.ts';
import { useGuestLink } from './use-guest-link.ts';

const roles = ['guest', 'moderator', 'co-host'] as const;
type Said = 'copied' | 'copyFailed' | 'renewed' | 'revoked';

/** One link for everyone: copy it, replace it, withdraw it. */
export function Invite() {
  const { t } = useTranslation('studio');
  const [role, setRole] = useState<(typeof roles)[number]>('guest');
  const link = useGuestLink(role);
  const [said, setSaid] = useState<Said | null>(null);
  const [justCopied, setJustCopied] = useState(false);

  useEffect(() => {
    if (!justCopied) return;
    const timer = setTimeout(() => setJustCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [justCopied]);

  async function copy() {
    const url = await link.obtain();
    if (url === null) return;
    const copied = await copyText(url);
    setJustCopied(copied);
    setSaid(copied ? null : 'copyFailed');
  }

  return (
    <section aria-labelledby="invite-title" className="flex flex-col gap-3">
      <div>
        <h2 id="invite-title" className="font-semibold text-sm">
          {t('invite.title')}
        </h2>
        <p className="mt-1 text-muted text-xs">{t('invite.text')}</p>
      </div>
      {link.url !== null && (
        <TextField
          quiet
          label={t('invite.link')}
          readOnly
          value={link.url}
          onFocus={(event) => event.target.select()}
        />
      )}
      <Button tone="accent" onClick={() => void copy()}>
        {justCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
        {justCopied ? t('invite.copied') : t('invite.copy')}
      </Button>
      <div className="flex gap-2">
        <Button
          size="sm"
          className="flex-1"
          onClick={async () => setSaid((await link.renew()) ? 'renewed' : null)}
        >
          {t('invite.renew')}
        </Button>
        <Button
          size="sm"
          tone="danger"
          className="flex-1"
          disabled={link.view === null && link.others === 0}
          onClick={async () => setSaid((await link.revoke()) ? 'revoked' : null)}
        >
          {t('invite.revoke')}
        </Button>
      </div>
      <p aria-live="polite" className="text-muted text-xs empty:hidden">
        {said !== null
          ? t(`invite.${said}`)
          : link.view !== null
            ? t('invite.expires', { when: dayAndTime(link.view.expiresAt) })
            : link.others > 0
              ? t('invite.others', { count: link.others })
              : ''}
      </p>
      {link.problem !== null && <Notice tone="danger">{errorText(link.problem)}</Notice>}
      <Select
        label={t('invite.as')}
        value={role}
        onChange={(next) => {
          setSaid(null);
          setRole(z.enum(roles).catch('guest').parse(next));
        }}
        placeholder=""
        options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
    </section>
  );
}
