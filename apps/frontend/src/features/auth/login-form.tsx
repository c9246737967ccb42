'use client';
import { routes } from '@streamus/contracts';
import { Button, Notice, TextField } from '@streamus/ui';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { safeNextPath } from '@/lib/next-path.ts';
import { AuthCard } from './auth-card.tsx';
import { PasswordField } from './password-field.tsx';

export function LoginForm({ next }: { next: string | null }) {
  const { t } = useTranslation('auth');
  const router = useRouter();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    setRefusal(null);
    const empty = login.trim() === '' ? 'login' : password === '' ? 'password' : null;
    if (empty !== null) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${empty}"]`)?.focus();
      return;
    }
    setBusy(true);
    const result = await api(routes.login, { body: { login, password } });
    if (result.ok) {
      router.push(safeNextPath(next));
      return;
    }
    setBusy(false);
    setRefusal(errorText(result.code));
  }

  return (
    <AuthCard
      title={t('login.title')}
      {...(next ? { lead: t('login.next') } : {})}
      footer={
        <>
          {t('login.noAccount')}{' '}
          <Link href="/register" className="font-medium text-accent-ink underline-offset-4 hover:underline">
            {t('login.register')}
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <TextField
          label={t('login.login')}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          value={login}
          onChange={(event) => setLogin(event.target.value)}
          error={tried && login.trim() === '' ? t('problem.required') : null}
        />
        <PasswordField
          label={t('login.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={tried && password === '' ? t('problem.required') : null}
        />
        <Button type="submit" tone="accent" size="lg" disabled={busy} className="mt-2">
          {busy ? t('login.busy') : t('login.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}
