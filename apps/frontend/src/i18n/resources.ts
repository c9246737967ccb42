import type auth from './en/auth.json';
import type brand from './en/brand.json';
import type common from './en/common.json';
import type dashboard from './en/dashboard.json';
import type destinations from './en/destinations.json';
import type devices from './en/devices.json';
import type direction from './en/direction.json';
import type guest from './en/guest.json';
import type keys from './en/keys.json';
import type landing from './en/landing.json';
import type overlays from './en/overlays.json';
import type studio from './en/studio.json';
import type watch from './en/watch.json';

/** Every catalogue by name; the English one gives the keys their types. */
export interface Catalogues {
  readonly auth: typeof auth;
  readonly brand: typeof brand;
  readonly common: typeof common;
  readonly dashboard: typeof dashboard;
  readonly destinations: typeof destinations;
  readonly devices: typeof devices;
  readonly direction: typeof direction;
  readonly guest: typeof guest;
  readonly keys: typeof keys;
  readonly landing: typeof landing;
  readonly overlays: typeof overlays;
  readonly studio: typeof studio;
  readonly watch: typeof watch;
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Catalogues;
  }
}
