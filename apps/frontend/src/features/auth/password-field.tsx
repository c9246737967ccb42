'use client';
import { Button, TextField, type TextFieldProps } from '@streamus/ui';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function PasswordField(props: TextFieldProps) {
  const { t } = useTranslation('auth');
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <TextField {...props} type={shown ? 'text' : 'password'} style={{ paddingRight: 44 }} />
      <Button
        tone="ghost"
        size="icon-sm"
        className="absolute top-[1.96875rem] right-1.5"
        aria-pressed={shown}
        aria-label={shown ? t('hide') : t('show')}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </Button>
    </div>
  );
}
