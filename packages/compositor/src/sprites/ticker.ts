import { newCanvas } from './canvas.ts';
import type { TickerSpec, TickerText } from './sprite-spec.ts';
import { drawLine, type Lettering, measure, type TextStyle } from './text.ts';
import { pieceStart, pieceWidth } from './ticker-pieces.ts';

function styleOf({ text, look, height }: TickerText, lettering: Lettering): TextStyle {
  return {
    family: lettering.stack(look.font, text),
    weight: look.theme === 'bold' ? 800 : 600,
    size: Math.round(height * 0.54),
  };
}

export function tickerWidth(ticker: TickerText, lettering: Lettering): number {
  return Math.max(1, Math.ceil(measure(styleOf(ticker, lettering))(ticker.text)));
}

/** @param width of the whole text */
export function rasteriseTicker(
  { ticker, piece }: TickerSpec,
  lettering: Lettering,
  width: number,
): OffscreenCanvas {
  const { canvas, context } = newCanvas(pieceWidth(piece, width), ticker.height);
  context.translate(-pieceStart(piece), 0);
  context.fillStyle = ticker.look.colours.text;
  const place = { left: 0, right: width, middle: ticker.height / 2 };
  drawLine(context, ticker.text, styleOf(ticker, lettering), place);
  return canvas;
}
