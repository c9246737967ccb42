'use client';
import { routes } from '@streamus/contracts';
import { Button, Notice, TextField } from '@streamus/ui';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { isEmail, isUsername, passwordProblem } from './account-rules.ts';
import { AuthCard } from './auth-card.tsx';
import { PasswordField } from './password-field.tsx';

type Problems = Readonly<Record<string, string>>;

export function RegisterForm() {
  const { t } = useTranslation('auth');
  const router = useRouter();
  const [form, setForm] = useState({ email: '', username: '', password: '' });
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  function edit(field: keyof typeof form) {
    return (event: { target: { value: string } }) => {
      setForm({ ...form, [field]: event.target.value });
      setProblems({ ...problems, [field]: '' });
    };
  }

  function check(): Problems {
    const found: Record<string, string> = {};
    if (!isEmail(form.email)) found.email = t('problem.email');
    if (!isUsername(form.username)) found.username = t('problem.username');
    const password = passwordProblem(form.password);
    if (password?.kind === 'short')
      found.password = t('problem.passwordShort', { missing: password.missing });
    if (password?.kind === 'long') found.password = t('problem.passwordLong');
    return found;
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = check();
    setProblems(found);
    setRefusal(null);
    const first = Object.keys(found)[0];
    if (first !== undefined) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    setBusy(true);
    const result = await api(routes.register, { body: form });
    if (result.ok) {
      router.push(`/studio/${result.value.studioId}`);
      return;
    }
    setBusy(false);
    if (result.code === 'weak_password') setProblems({ password: errorText(result.code) });
    else if (Object.keys(result.fields).length > 0) setProblems(result.fields);
    else setRefusal(errorText(result.code));
  }

  return (
    <AuthCard
      title={t('register.title')}
      lead={t('register.lead')}
      footer={
        <>
          {t('register.haveAccount')}{' '}
          <Link href="/login" className="font-medium text-accent-ink underline-offset-4 hover:underline">
            {t('register.signIn')}
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="mt-6 flex flex-col gap-4">
        {refusal && <Notice tone="danger">{refusal}</Notice>}
        <TextField
          label={t('register.email')}
          name="email"
          type="email"
          autoComplete="email"
          autoCapitalize="none"
          value={form.email}
          onChange={edit('email')}
          error={problems.email}
        />
        <TextField
          label={t('register.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          hint={t('register.usernameHint')}
          value={form.username}
          onChange={edit('username')}
          error={problems.username}
        />
        <PasswordField
          label={t('register.password')}
          name="password"
          autoComplete="new-password"
          hint={t('register.passwordHint')}
          value={form.password}
          onChange={edit('password')}
          error={problems.password}
        />
        <Button type="submit" tone="accent" size="lg" disabled={busy} className="mt-2">
          {busy ? t('register.busy') : t('register.submit')}
        </Button>
      </form>
    </AuthCard>
  );
}
