import strings from '@/i18n/en/brand.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('brand', strings);
