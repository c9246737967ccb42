import strings from '@/i18n/en/destinations.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('destinations', strings);
