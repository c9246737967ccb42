'use client';
import { cn } from '@streamus/ui';
import { DeskSaying } from '../edit/desk-saying.tsx';
import { ProgrammeView } from '../programme-view.tsx';
import { useStudio } from '../session-context.tsx';
import { PreviewView } from './preview-view.tsx';
import { TakeBar } from './take-bar.tsx';

/** The programme; in preview mode what is prepared beside it, and the way from the one to the other. */
export function StageView() {
  const preview = useStudio((view) => view.document?.mode === 'preview');
  const upright = useStudio(({ document }) =>
    document === null ? false : document.programme.height > document.programme.width,
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2">
      <div className={cn('relative flex min-h-0 flex-1 gap-3', !upright && 'max-sm:flex-col max-sm:gap-1')}>
        {preview && <PreviewView />}
        <ProgrammeView key="programme" beside={preview} />
        <DeskSaying />
      </div>
      {preview && <TakeBar />}
    </div>
  );
}
