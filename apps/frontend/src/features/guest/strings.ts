import strings from '@/i18n/en/guest.json';
import { provideStrings } from '@/i18n/i18n.ts';
import '../devices/strings.ts';

provideStrings('guest', strings);
