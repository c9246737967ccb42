'use client';
import type { BrandKitView } from '@streamus/contracts';
import { Button, Menu, MenuItem, MenuSeparator, Notice } from '@streamus/ui';
import { Copy, Download, EllipsisVertical, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { fileSize } from '@/lib/times.ts';
import { NameForm } from './name-form.tsx';
import { TransferBar } from './transfer-bar.tsx';
import type { KitProblem, Kits, KitTransfer } from './use-kits.ts';
import './strings.ts';

export interface KitListProps {
  readonly kits: Kits;
  /** What one does with a kit here, beside its name. */
  readonly action?: (kit: BrandKitView) => ReactNode;
  /** Below a kit: what came of it. */
  readonly news?: (kit: BrandKitView) => ReactNode;
  /** Puts the studio's look into a kit; left out where there is no studio. */
  readonly onUpdate?: (kit: BrandKitView) => void;
}

/** Brand kits by name: each with its colours, what it holds, and all that can be done with it. */
export function KitList({ kits, action, news, onUpdate }: KitListProps) {
  const { t } = useTranslation('brand');
  return (
    <ul aria-label={t('kit.list')} className="flex flex-col gap-2">
      {kits.list.map((kit) =>
        kits.isGone(kit.id) ? (
          <li
            key={kit.id}
            className="flex items-center gap-2 rounded-xl bg-raised py-1.5 pr-1.5 pl-3 text-muted text-xs"
          >
            <p role="status" className="min-w-0 flex-1 truncate">
              {t('deleted', { name: kit.name })}
            </p>
            <Button size="sm" tone="outline" onClick={() => void kits.restore(kit)}>
              {t('undo', { ns: 'common' })}
            </Button>
          </li>
        ) : (
          <KitRow
            key={kit.id}
            kit={kit}
            kits={kits}
            action={action?.(kit)}
            {...(onUpdate ? { onUpdate } : {})}
          >
            {news?.(kit)}
          </KitRow>
        ),
      )}
    </ul>
  );
}

interface KitRowProps {
  readonly kit: BrandKitView;
  readonly kits: Kits;
  readonly action: ReactNode;
  readonly onUpdate?: (kit: BrandKitView) => void;
  readonly children: ReactNode;
}

function KitRow({ kit, kits, action, onUpdate, children }: KitRowProps) {
  const { t } = useTranslation('brand');
  const [renaming, setRenaming] = useState(false);
  const problem = kits.problem?.kit === kit.id ? kits.problem : null;
  return (
    <li className="flex flex-col gap-2 rounded-xl border p-2 pl-3">
      <div className="flex items-center gap-2">
        <Swatch kit={kit} />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="text-left truncate font-medium text-sm" title={kit.name}>
            {kit.name}
          </p>
          <p className="text-muted text-xs">{useHoldings(kit)}</p>
        </div>
        {action}
        <Menu
          trigger={
            <Button tone="ghost" size="icon-sm" aria-label={t('kit.menu', { name: kit.name })}>
              <EllipsisVertical aria-hidden />
            </Button>
          }
        >
          <MenuItem icon={<Pencil aria-hidden />} onClick={() => setRenaming(true)}>
            {t('kit.rename')}
          </MenuItem>
          {onUpdate && (
            <MenuItem icon={<RefreshCw aria-hidden />} onClick={() => onUpdate(kit)}>
              {t('kit.update')}
            </MenuItem>
          )}
          <MenuItem
            icon={<Copy aria-hidden />}
            onClick={() => void kits.duplicate(kit, t('kit.copyOf', { name: kit.name }).slice(0, 120))}
          >
            {t('kit.duplicate')}
          </MenuItem>
          <MenuItem icon={<Download aria-hidden />} onClick={() => void kits.exportFile(kit)}>
            {t('kit.export')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 aria-hidden />} onClick={() => void kits.remove(kit)}>
            {t('delete', { ns: 'common' })}
          </MenuItem>
        </Menu>
      </div>
      {renaming && (
        <NameForm
          label={t('kit.name')}
          name={kit.name}
          submit={t('save', { ns: 'common' })}
          error={problem === null ? null : errorText(problem.code)}
          onSubmit={async (name) => (await kits.change(kit, { name })) !== null}
          onClose={() => setRenaming(false)}
        />
      )}
      {problem !== null && !renaming && <ProblemNotice problem={problem} onDismiss={kits.dismiss} />}
      {kits.transfer?.kit === kit.id && <KitTransferBar transfer={kits.transfer} onCancel={kits.cancel} />}
      {children}
    </li>
  );
}

/** What is in a kit besides its colours. */
function useHoldings({ content }: BrandKitView): string {
  const { t } = useTranslation('brand');
  const parts = [
    content.brand.logo === null ? null : t('kit.logo'),
    content.overlays.length === 0 ? null : t('kit.overlays', { count: content.overlays.length }),
    content.layouts.length === 0 ? null : t('kit.layouts', { count: content.layouts.length }),
  ].filter((part) => part !== null);
  return parts.length === 0 ? t('kit.lookOnly') : parts.join(' · ');
}

function Swatch({ kit }: { kit: BrandKitView }) {
  const { colours } = kit.content.brand;
  return (
    <span aria-hidden className="flex h-7 w-9 shrink-0 overflow-hidden rounded-md ring-1 ring-edge">
      {[colours.accent, colours.background, colours.text].map((colour, index) => (
        <span key={`${index}-${colour}`} className="flex-1" style={{ backgroundColor: colour }} />
      ))}
    </span>
  );
}

export function ProblemNotice({ problem, onDismiss }: { problem: KitProblem; onDismiss: () => void }) {
  const { t } = useTranslation('brand');
  return (
    <Notice
      tone="danger"
      action={
        <Button size="sm" tone="danger" onClick={onDismiss}>
          {t('dismiss', { ns: 'common' })}
        </Button>
      }
    >
      {errorText(problem.code)}
      {problem.details.length > 0 && (
        <span className="block break-words text-xs">{[...new Set(problem.details)].join(', ')}</span>
      )}
    </Notice>
  );
}

export function KitTransferBar({ transfer, onCancel }: { transfer: KitTransfer; onCancel: () => void }) {
  const { t } = useTranslation('brand');
  const { name } = transfer;
  return (
    <div className="flex items-center gap-2" aria-live="polite">
      <div className="min-w-0 flex-1">
        {transfer.kind === 'export' ? (
          <p className="truncate text-muted text-xs">
            {transfer.bytes === 0
              ? t('kit.packing', { name })
              : t('kit.exporting', { name, size: fileSize(transfer.bytes) })}
          </p>
        ) : transfer.share === null ? (
          <TransferBar text={t('kit.checking', { name })} percent={100} />
        ) : (
          <TransferBar
            text={t('kit.importing', { name, percent: Math.floor(transfer.share * 100) })}
            percent={Math.floor(transfer.share * 100)}
          />
        )}
      </div>
      <Button size="sm" tone="ghost" onClick={onCancel}>
        {t('cancel', { ns: 'common' })}
      </Button>
    </div>
  );
}
