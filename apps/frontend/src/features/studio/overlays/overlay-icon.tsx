import type { OverlayKind } from '@streamus/studio';
import {
  ArrowLeftFromLine,
  Clock,
  Image,
  type LucideIcon,
  QrCode,
  RectangleHorizontal,
  Timer,
  UserRound,
} from 'lucide-react';

const icons: Readonly<Record<OverlayKind, LucideIcon>> = {
  banner: RectangleHorizontal,
  'lower-third': UserRound,
  ticker: ArrowLeftFromLine,
  countdown: Timer,
  'qr-code': QrCode,
  image: Image,
  clock: Clock,
};

export function OverlayIcon({ kind }: { kind: OverlayKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden />;
}
