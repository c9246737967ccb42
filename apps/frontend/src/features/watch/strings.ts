import strings from '@/i18n/en/watch.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('watch', strings);
