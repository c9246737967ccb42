'use client';
import { useEffect, useState } from 'react';

/** Nothing for the first moment, then words: what is being waited for. */
export function Waiting({ text, className }: { text: string; className?: string }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className={className ?? 'py-16 text-center text-muted'}>
      {shown ? text : ''}
    </p>
  );
}
