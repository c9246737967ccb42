'use client';
import { Button } from '@streamus/ui';
import { FileInput } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { KitTransferBar, ProblemNotice } from './kit-list.tsx';
import type { Kits } from './use-kits.ts';

/** Chooses an exported kit's file. */
export function ImportKit({ kits }: { kits: Kits }) {
  const { t } = useTranslation('brand');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".zip,application/zip"
        aria-label={t('kit.import')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) void kits.importFile(file);
        }}
      />
      <Button
        size="sm"
        tone="outline"
        disabled={kits.transfer !== null}
        onClick={() => input.current?.click()}
      >
        <FileInput aria-hidden />
        {t('kit.import')}
      </Button>
    </>
  );
}

/** How an import fares, or why a new kit was not made. */
export function NewKitNews({ kits }: { kits: Kits }) {
  return (
    <>
      {kits.transfer?.kind === 'import' && <KitTransferBar transfer={kits.transfer} onCancel={kits.cancel} />}
      {kits.problem !== null && kits.problem.kit === null && (
        <ProblemNotice problem={kits.problem} onDismiss={kits.dismiss} />
      )}
    </>
  );
}
