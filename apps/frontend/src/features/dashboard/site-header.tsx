'use client';
import { routes } from '@streamus/contracts';
import { Button, Menu, MenuChoice, MenuItem, MenuSeparator, Wordmark } from '@streamus/ui';
import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/avatar.tsx';
import { api } from '@/lib/api.ts';
import {
  type Appearance,
  appearanceOf,
  appearances,
  chooseAppearance,
  currentAppearance,
} from '@/lib/appearance.ts';
import { useLoad } from '@/lib/use-load.ts';
import './strings.ts';

export function SiteHeader() {
  const { t } = useTranslation('dashboard');
  const me = useLoad(() => api(routes.me, {}));
  const user = me.state.kind === 'ready' ? me.state.value.user : null;

  async function signOut() {
    await api(routes.logout, {});
    window.location.assign('/');
  }

  return (
    <header className="border-b bg-panel">
      <div className="mx-auto flex h-14 max-w-5xl items-center justify-between px-4 sm:px-6">
        <Link href="/dashboard" className="flex rounded-lg" aria-label={`StreamUs: ${t('title')}`}>
          <Wordmark />
        </Link>
        {user !== null && (
          <Menu
            trigger={
              <Button tone="ghost">
                <span className="sr-only">{t('account')}: </span>
                <Avatar name={user.username} className="size-6 text-2xs" />
                <span className="max-w-40 truncate">{user.username}</span>
              </Button>
            }
          >
            <p className="max-w-60 truncate px-2.5 py-1.5 text-muted text-xs">{user.email}</p>
            <MenuSeparator />
            <AppearanceChoice />
            <MenuSeparator />
            <MenuItem icon={<LogOut aria-hidden />} onClick={() => void signOut()}>
              {t('signOut', { ns: 'common' })}
            </MenuItem>
          </Menu>
        )}
      </div>
    </header>
  );
}

const icons: Record<Appearance, ReactNode> = {
  system: <Monitor aria-hidden />,
  light: <Sun aria-hidden />,
  dark: <Moon aria-hidden />,
};

function AppearanceChoice() {
  const { t } = useTranslation('dashboard');
  const [chosen, setChosen] = useState(currentAppearance);
  return (
    <MenuChoice
      label={t('appearance.label')}
      value={chosen}
      options={appearances.map((value) => ({
        value,
        label: t(`appearance.${value}`),
        icon: icons[value],
      }))}
      onChange={(next) => {
        const appearance = appearanceOf(next);
        chooseAppearance(appearance);
        setChosen(appearance);
      }}
    />
  );
}
