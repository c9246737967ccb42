import strings from '@/i18n/en/devices.json';
import { provideStrings } from '@/i18n/i18n.ts';

provideStrings('devices', strings);
