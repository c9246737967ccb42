import strings from '@/i18n/en/dashboard.json';
import { provideStrings } from '@/i18n/i18n.ts';
import '../destinations/strings.ts';

provideStrings('dashboard', strings);
