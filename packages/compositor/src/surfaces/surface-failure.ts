/** Why a surface cannot go on, or cannot begin. */
export type SurfaceFailureCode =
  /** The browser or the machine does not have what the surface needs. */
  | 'unavailable'
  /** The graphics driver took its context away. */
  | 'context-lost'
  /** Painting or handing out a picture failed. */
  | 'paint-failed';

export class SurfaceFailure extends Error {
  readonly code: SurfaceFailureCode;

  constructor(code: SurfaceFailureCode, message: string) {
    super(message);
    this.name = 'SurfaceFailure';
    this.code = code;
  }
}
