'use client';
import type { SurfaceFacts } from '@streamus/client';
import { useTranslation } from 'react-i18next';
import { Choice } from '../overlays/field-parts.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { Numbers, Section } from './health-parts.tsx';
import { rememberSurface, SURFACES } from './surface-memory.ts';

/** What paints the programme in this tab, why, and the choice of another. */
export function PaintingView() {
  const facts = useStudio((view) => (view.composer.kind === 'here' ? view.composer.surface : null));
  return facts === null ? null : <Painting facts={facts} />;
}

function Painting({ facts }: { facts: SurfaceFacts }) {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const { on, wanted, measuring, measured, failures } = facts;
  return (
    <Section title={t('painting.title')}>
      <p>{measuring ? t('painting.measuring') : t(`painting.on.${on}`)}</p>
      {failures.map(({ kind, code }) => (
        <p key={kind} className={wanted === kind ? 'text-warn' : 'text-muted'}>
          {t(`painting.failure.${code}`, { surface: t(`painting.surface.${kind}`) })}
        </p>
      ))}
      <Choice
        label={t('painting.choice')}
        value={wanted}
        options={SURFACES.map((value) => ({ value, label: t(`painting.surface.${value}`) }))}
        onChange={(next) => {
          rememberSurface(next);
          session.setSurface(next);
        }}
      />
      <Numbers
        rows={[
          ...measured.map(
            ({ kind, p50Ms, p95Ms }) =>
              [t(`painting.surface.${kind}`), `${p50Ms.toFixed(1)} / ${p95Ms.toFixed(1)} ms`] as const,
          ),
          ...failures.map(({ kind, message }) => [t(`painting.surface.${kind}`), message] as const),
        ]}
      />
    </Section>
  );
}
