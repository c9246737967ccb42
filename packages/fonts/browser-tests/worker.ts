import { createFontLoader } from '../src/index.ts';

/** What the test asks: draw this text in this font, with or without loading first. */
export interface Wish {
  readonly font: string;
  readonly text: string;
  readonly load: boolean;
}

export interface Drawn {
  readonly ready: boolean;
  /** Which pixels have ink, as a string that differs when they do. */
  readonly ink: string;
  /** Whether any pixel is neither black nor white nor grey. */
  readonly coloured: boolean;
}

// The compiler knows the window's scope; of a worker's, these parts are used.
declare const self: {
  readonly fonts: FontFaceSet;
  onmessage: ((event: MessageEvent<Wish>) => void) | null;
  postMessage(drawn: Drawn): void;
};

const loader = createFontLoader({ fonts: self.fonts, origin: '' });
const WEIGHT = 600;

self.onmessage = async ({ data: { font, text, load } }) => {
  if (load) await loader.load(font, WEIGHT, text);
  self.postMessage({ ready: loader.ready(font, WEIGHT, text), ...draw(font, text) });
};

function draw(font: string, text: string): Pick<Drawn, 'ink' | 'coloured'> {
  const canvas = new OffscreenCanvas(480, 48);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas.');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#000000';
  context.font = `${WEIGHT} 32px ${loader.stack(font, text)}`;
  context.fillText(text, 4, 36);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let ink = '';
  let coloured = false;
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
    ink += green < 128 ? '1' : '0';
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 60) coloured = true;
  }
  return { ink, coloured };
}
