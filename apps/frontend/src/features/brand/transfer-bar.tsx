/** How far a file is, in words and as a bar. */
export function TransferBar({ text, percent }: { text: string; percent: number }) {
  return (
    <div className="flex flex-col gap-1 text-xs">
      <p className="line-clamp-3 break-words text-muted">{text}</p>
      <div
        role="progressbar"
        aria-label={text}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1 overflow-hidden rounded-full bg-raised"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-150"
          style={{ width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
