/** Characters (bytes of UTF-8) that a code of each version holds with error correction M (ISO/IEC 18004, table 7). */
const CAPACITIES = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
];
/** Free modules on each side of a code; scanners need them (ISO/IEC 18004, 9.1). */
export const QR_CODE_QUIET = 4;
/** Of the programme's shorter side: what a code takes, and what one of a long address may grow to. */
const USUAL_SIZE = 0.24;
const LARGEST_SIZE = 0.5;
/** Pixels of a module that survive the encoder. */
const LEAST_MODULE = 3;
/** Modules in the shorter side that a viewer's screen and a phone's camera still tell apart: at 1080p 4 pixels each. */
const MOST_MODULES = 240;

export interface QrCodeSize {
  /** Modules in a row, the free ones at both ends among them. */
  readonly modules: number;
  /** Pixels of a module's side, a whole number. */
  readonly module: number;
  /** Pixels of the code's side, what is free around it included. */
  readonly size: number;
  /** It takes more of the picture than codes of short addresses do. */
  readonly large: boolean;
  /** Phones can read it from the programme. */
  readonly readable: boolean;
}

/** How large an address's code is in a programme: it grows with what it has to hold, and is never cut. */
export function qrCodeSize(
  url: string,
  programme: { readonly width: number; readonly height: number },
): QrCodeSize {
  const side = Math.min(programme.width, programme.height);
  const modules = modulesOf(url);
  const usual = Math.round(USUAL_SIZE * side);
  const wanted = Math.max(LEAST_MODULE, Math.floor(side / MOST_MODULES));
  const size = Math.max(usual, modules, Math.min(wanted * modules, Math.round(LARGEST_SIZE * side)));
  const module = Math.floor(size / modules);
  return { modules, module, size, large: size > usual, readable: module >= wanted };
}

function modulesOf(url: string): number {
  const bytes = [...url].reduce((sum, letter) => sum + utf8Length(letter), 0);
  const version = CAPACITIES.findIndex((most) => bytes <= most) + 1;
  return 17 + 4 * (version === 0 ? CAPACITIES.length : version) + 2 * QR_CODE_QUIET;
}

function utf8Length(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
