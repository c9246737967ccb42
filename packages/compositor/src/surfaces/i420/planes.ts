import type { Rect } from '@streamus/studio';
import type { Size } from '../../draw-item.ts';
import type { Address } from './heap.ts';

/** Eight bits a sample, row by row. */
export interface Plane extends Size {
  readonly at: Address;
  readonly stride: number;
}

/** A 4:2:0 picture: chroma has half the columns and rows, rounded up. */
export interface Planes {
  readonly y: Plane;
  readonly u: Plane;
  readonly v: Plane;
}

export const half = (length: number): number => Math.ceil(length / 2);

/** Rows begin at multiples of this. */
const STRIDE_STEP = 16;
export const strideOf = (width: number): number => Math.ceil(width / STRIDE_STEP) * STRIDE_STEP;

type StrideOf = (width: number) => number;
const tight: StrideOf = (width) => width;

const bytesOf = ({ width, height }: Size, stride: StrideOf): number =>
  stride(width) * height + 2 * stride(half(width)) * half(height);

function layOut(at: Address, { width, height }: Size, stride: StrideOf): Planes {
  const y: Plane = { at, stride: stride(width), width, height };
  const chroma = { stride: stride(half(width)), width: half(width), height: half(height) };
  const u: Plane = { at: at + y.stride * height, ...chroma };
  return { y, u, v: { ...u, at: u.at + u.stride * u.height } };
}

export const planesBytes = (size: Size): number => bytesOf(size, strideOf);
/** Planes of a picture, one after the other from `at`. */
export const planesAt = (at: Address, size: Size): Planes => layOut(at, size, strideOf);

/** Without gaps between their rows. */
export const tightBytes = (size: Size): number => bytesOf(size, tight);
export const tightPlanesAt = (at: Address, size: Size): Planes => layOut(at, size, tight);

/** Where a sample is. */
export const addressIn = ({ at, stride }: Plane, x: number, y: number): Address => at + y * stride + x;

/** The common part; of no width or height when there is none. */
export function intersection(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

export const isEmpty = ({ width, height }: Rect): boolean => width <= 0 || height <= 0;

/** The smallest even rectangle around it. */
export function evenAround({ x, y, width, height }: Rect): Rect {
  const [left, top] = [2 * Math.floor(x / 2), 2 * Math.floor(y / 2)];
  return {
    x: left,
    y: top,
    width: 2 * Math.ceil((x + width) / 2) - left,
    height: 2 * Math.ceil((y + height) / 2) - top,
  };
}

export function moved({ x, y, width, height }: Rect, by: { readonly x: number; readonly y: number }): Rect {
  return { x: x + by.x, y: y + by.y, width, height };
}
