import strings from '@/i18n/en/keys.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('keys', strings);
