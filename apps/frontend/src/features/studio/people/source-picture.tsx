'use client';
import type { SourceId } from '@streamus/studio';
import { cn } from '@streamus/ui';
import { memo, useEffect, useRef } from 'react';
import { Avatar } from '@/components/avatar.tsx';
import { useStudioPlace } from '../session-context.tsx';

export interface SourcePictureProps {
  readonly source: SourceId;
  readonly name: string;
  /** Whether the source delivers a picture now; initials stand in when not. */
  readonly visible: boolean;
  /** One's own camera is shown as in a mirror. */
  readonly mirrored: boolean;
  readonly whole?: boolean;
  readonly className?: string;
}

/** A camera or screen as it arrives, directly and not through the programme. */
export const SourcePicture = memo(function SourcePicture({
  source,
  name,
  visible,
  mirrored,
  whole,
  className,
}: SourcePictureProps) {
  const { session } = useStudioPlace();
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    return element === null || !visible ? undefined : session.attachSource(source, element);
  }, [session, source, visible]);
  return (
    <div className={cn('relative overflow-hidden bg-raised', className)}>
      {visible ? (
        <video
          ref={video}
          aria-hidden
          muted
          autoPlay
          playsInline
          className={cn(
            'h-full w-full',
            whole ? 'object-contain' : 'object-cover',
            mirrored && '-scale-x-100',
          )}
        />
      ) : (
        <div className="flex h-full w-full items-center justify-center">
          <Avatar
            name={name}
            className="size-2/5 max-h-16 max-w-16 aspect-square h-auto w-auto min-w-10 text-base"
          />
        </div>
      )}
    </div>
  );
});
