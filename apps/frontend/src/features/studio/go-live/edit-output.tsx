'use client';
import {
  type DestinationId,
  type DestinationView,
  type OutputId,
  routes,
  type StreamId,
} from '@streamus/contracts';
import { Button, Dialog, Notice } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { useLoad } from '@/lib/use-load.ts';
import { DestinationForm } from '../../destinations/destination-form.tsx';
import '../../destinations/strings.ts';

interface EditOutputProps {
  readonly stream: StreamId;
  readonly output: OutputId;
  readonly destination: DestinationId;
  readonly name: string;
}

/** Mends a wrong address or key in mid-show: the destination is changed, and this output starts anew with it. */
export function EditOutput(props: EditOutputProps) {
  const { t } = useTranslation('studio');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" tone="outline" onClick={() => setOpen(true)}>
        {t('output.edit')}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('output.editTitle', { name: props.name })}
        description={t('output.editText')}
        closeLabel={t('close', { ns: 'common' })}
      >
        {open && <EditForm {...props} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function EditForm({ stream, output, destination, onDone }: EditOutputProps & { onDone: () => void }) {
  const { t } = useTranslation('studio');
  const list = useLoad(() => api(routes.listDestinations, {}));
  const [failure, setFailure] = useState<string | null>(null);
  if (list.state.kind === 'loading') return <Waiting text={t('waiting', { ns: 'common' })} />;
  if (list.state.kind === 'failed') return <Notice tone="danger">{errorText(list.state.code)}</Notice>;
  const known = list.state.value.destinations.find(({ id }) => id === destination);
  if (known === undefined) return <Notice tone="danger">{errorText('not_found')}</Notice>;

  async function refresh(_saved: DestinationView) {
    const result = await api(routes.refreshOutput, { params: { streamId: stream, outputId: output } });
    if (result.ok) onDone();
    else setFailure(errorText(result.code));
  }

  return (
    <div className="flex flex-col gap-3">
      {failure !== null && <Notice tone="danger">{failure}</Notice>}
      <DestinationForm destination={known} onSaved={(saved) => void refresh(saved)} onCancel={onDone} />
    </div>
  );
}
