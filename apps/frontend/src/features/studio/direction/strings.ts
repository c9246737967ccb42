import strings from '@/i18n/en/direction.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('direction', strings);
