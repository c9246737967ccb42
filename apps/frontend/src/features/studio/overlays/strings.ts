import strings from '@/i18n/en/overlays.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('overlays', strings);
