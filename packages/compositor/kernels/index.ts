export { layChroma, layLuma, maskChroma, maskLuma } from './blend';
export { convertColours } from './colours';
export { copyPlane, fillPlane, halvePlane, mixPlane, splitPlane, tintPlane, turnPlane } from './planes';
export { rgbaToOverlay, rgbToPlanes } from './rgb';
export { scalePlane, scratchFor } from './scale';
